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

const publish = () =>
  busy(publication, async () => {
    trouble();
    takeWanted();
    byId("published").textContent = say("publish.runs");
    const date = zoned(publication.elements.date.value);
    const wanted = { document: asked({ tags: aboutIt() }), date, name: doc.published };
    try {
      const { name, scheduled, episodes } = await ask("POST", "/v1/studio/publish", wanted);
      doc.published = name;
      save();
      drawPublication();
      const text = say(scheduled ? "publish.scheduled" : "publish.done", { name, date: scheduled, count: number(episodes) });
      byId("published").textContent = text;
      tell(text);
    } catch (error) {
      byId("published").textContent = "";
      throw error;
    }
  });

publication.addEventListener("submit", (event) => {
  event.preventDefault();
  publish();
});
