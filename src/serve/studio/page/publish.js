// A document is published in the server's show, if it has one.
const publication = byId("publication");

const drawPublication = () => {
  publication.hidden = options.show === null;
  byId("publish-about").textContent = say("publish.about", { show: options.show });
  const again = doc.published !== null;
  publication.querySelector("[type=submit]").textContent = say(again ? "publish.again" : "publish.start");
  if (!again) byId("published").textContent = "";
};

// A time of this machine's clock, with its zone.
const zoned = (value) => {
  if (!value) return null;
  const minutes = -new Date(value).getTimezoneOffset(), pad = (n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  return `${value.padEnd(19, ":00")}${minutes < 0 ? "-" : "+"}${pad(minutes / 60)}:${pad(minutes % 60)}`;
};

// Has the show built, and shows how far it is; gives what became of the article.
const buildShow = async (wanted, bar) => {
  let published;
  await follow("POST", "/v1/studio/publish", wanted, (told, name) => {
    if (name === "refused") throw new Refused(400, told.error.message);
    if (name === "published") return void (published = told);
    if (!told.of) return;
    bar.max = told.of;
    bar.value = told.spoken;
    const percent = number(Math.floor((100 * told.spoken) / told.of));
    byId("published").textContent = say("publish.spoken", { name: told.article, percent });
  });
  if (!published) throw new Refused(0, say("trouble.away"));
  return published;
};

const publish = () =>
  busy(publication, async () => {
    trouble();
    takeWanted();
    byId("published").textContent = say("publish.runs");
    const date = zoned(publication.elements.date.value);
    const wanted = { document: asked({ tags: aboutIt() }), date, name: doc.published };
    const bar = publication.querySelector("progress");
    bar.hidden = false;
    try {
      const { name, scheduled, episodes } = await buildShow(wanted, bar);
      doc.published = name;
      save();
      drawPublication();
      const text = say(scheduled ? "publish.scheduled" : "publish.done", { name, date: scheduled, count: number(episodes) });
      byId("published").textContent = text;
      tell(text);
    } catch (error) {
      byId("published").textContent = "";
      throw error;
    } finally {
      bar.hidden = true;
      bar.removeAttribute("value");
    }
  });

publication.addEventListener("submit", (event) => {
  event.preventDefault();
  publish();
});
