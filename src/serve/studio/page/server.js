// What the server is asked. Its token, if it has one, is kept until the tab is closed.
const TOKEN = "docbao-token";
let token = recall(sessionStorage, TOKEN);
// What the server offers.
let options = null;

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const request = async (method, path, body, signal, accepted) => {
  // Fields of a request are bytes, and those of a token are UTF-8.
  const bytes = String.fromCharCode(...new TextEncoder().encode(token ?? ""));
  const headers = token ? { Authorization: `Bearer ${bytes}` } : {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (accepted) headers.Accept = accepted;
  let answer;
  try {
    answer = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, say("trouble.away"));
  }
  if (answer.ok) return answer;
  let message = `${answer.status} ${answer.statusText}`;
  try {
    message = (await answer.json()).error.message;
  } catch {
    // Something between here and the server has answered.
  }
  if (answer.status === 401) askToken();
  throw new Refused(answer.status, message);
};

const ask = async (method, path, body, signal) => {
  const answer = await request(method, path, body, signal);
  return answer.status === 204 ? null : answer.json();
};

// Does something and says what went wrong with it.
const attempt = async (work) => {
  try {
    return await work();
  } catch (error) {
    if (error.name !== "AbortError" && error.status !== 401) trouble(error.message);
    return undefined;
  }
};

// The events of an answer, one after the other; a token cannot be given to the browser's own reader of them.
const follow = async (method, path, body, take, signal) => {
  const answer = await request(method, path, body, signal, "text/event-stream");
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const field = (name) => event.split("\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const data = field("data");
      if (data) take(JSON.parse(data), field("event"));
    }
  }
};

const askToken = () => {
  if (token !== null) trouble(say("token.wrong"));
  keep(sessionStorage, TOKEN, (token = null));
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== "token";
  document.querySelector("nav").hidden = true;
  byId("token").querySelector("input").focus();
};

// A file of bytes from Base64.
const unpack = (base64, type) => {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return new Blob([bytes], { type });
};

const pack = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
};
