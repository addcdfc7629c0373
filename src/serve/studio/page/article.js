// The first step: an article comes in, and its blocks are read or not.
const sourceForm = byId("source");

const readForm = async () => {
  const { text, file, address } = sourceForm.elements;
  if (file.files.length) {
    const [given] = file.files;
    // In Base64 a file is a third longer.
    if (given.size * 4 > options.largest_body * 3) throw new Refused(413, say("trouble.large"));
    return { file: { name: given.name, base64: await pack(given) } };
  }
  if (address.value.trim()) return { address: address.value.trim() };
  if (text.value.trim()) return { text: text.value };
  throw new Refused(400, say("trouble.empty"));
};

const takeArticle = async () => {
  trouble();
  await busy(sourceForm, async () => {
    const source = await readForm();
    doc = { ...blank(), voice: doc.voice, rate: doc.rate, loudness: doc.loudness, outputs: doc.outputs, source };
    const shown = await showArticle();
    if (!shown) return void (doc.source = null);
    Object.assign(doc, { title: shown.title ?? "", author: shown.author ?? "", address: shown.address });
    if (shown.source) doc.source = shown.source;
    else doc.address = null;
    save();
    sourceForm.reset();
    goTo("article");
    tell(say("article.taken", { count: number(shown.blocks.length) }));
  });
};

// Nobody sends a form twice while it is being answered.
const busy = async (form, work) => {
  const button = form.querySelector("[type=submit]");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  form.setAttribute("aria-busy", "true");
  await attempt(work);
  button.removeAttribute("aria-disabled");
  form.removeAttribute("aria-busy");
};

let article = null;
const showArticle = async () => {
  article = await attempt(() => ask("POST", "/v1/studio/article", asked())) ?? null;
  return article;
};

const drawArticle = () => {
  const hasArticle = Boolean(doc.source && article);
  sourceForm.hidden = hasArticle;
  byId("blocks-part").hidden = !hasArticle;
  if (!hasArticle) return;
  byId("article-title").textContent = doc.title || say("article.untitled");
  byId("article-about").textContent = [doc.author, doc.address].filter(Boolean).join(" · ");
  drawNotes(byId("article-notes"), article.notes);
  byId("blocks").replaceChildren(...article.blocks.map(drawBlock));
  countBlocks();
};

const drawNotes = (list, notes) => {
  list.hidden = notes.length === 0;
  list.replaceChildren(...notes.map((note) => make("li", { lang: "en" }, note)));
};

const isRead = (block) => doc.blocks[block.number] ?? block.usually_read;

// Why a block is what it is; a reason without a message here is said as the server says it.
const explained = ({ code, reason }) => {
  const name = `reason.${code}`;
  return name in WORDS.en ? say(name) : make("span", { lang: "en" }, reason);
};

const drawBlock = (block) => {
  const input = make("input", {
    type: "checkbox",
    checked: isRead(block),
    on: { change: () => chooseBlock(block, input.checked, item) },
  });
  const kind = make("span", { class: "kind" }, say(`kind.${block.kind}`));
  const text = make("span", { class: "text", lang: "vi" }, block.text);
  const why = make("span", { class: "why" }, explained(block));
  const item = make("li", {}, make("label", {}, input, make("span", { class: "about" }, kind, why), text));
  item.classList.toggle("unread", !isRead(block));
  item.classList.toggle("title", block.kind === "title");
  return item;
};

const chooseBlock = (block, read, item) => {
  if (read === block.usually_read) delete doc.blocks[block.number];
  else doc.blocks[block.number] = read;
  item.classList.toggle("unread", !read);
  script = null;
  save();
  countBlocks();
};

const countBlocks = () => {
  const read = article.blocks.filter(isRead).length;
  byId("blocks-count").textContent = say("blocks.count", { read: number(read), all: number(article.blocks.length) });
};

const anotherArticle = () => {
  doc = { ...doc, ...blank(), voice: doc.voice, rate: doc.rate, loudness: doc.loudness, outputs: doc.outputs };
  article = script = null;
  stopRender();
  save();
  goTo("article");
};

sourceForm.addEventListener("submit", (event) => {
  event.preventDefault();
  takeArticle();
});
// A file that is dropped anywhere on the form is taken as if it had been chosen.
sourceForm.addEventListener("dragover", (event) => event.preventDefault());
sourceForm.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  sourceForm.elements.file.files = event.dataTransfer.files;
});
byId("another").addEventListener("click", anotherArticle);
