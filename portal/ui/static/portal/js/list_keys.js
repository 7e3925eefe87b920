// Keys for a list marked data-keys: they work while the focus is in it, and nowhere else, so that nobody who
// speaks or types elsewhere sets one off. Each line is marked data-keys-line; in it, data-key names what a key
// presses. Without this script all of it can be done with Tab and Enter.
const list = document.querySelector("[data-keys]");
const help = document.querySelector("dialog[data-keys-help]");
const search = document.querySelector("[data-keys-search]");

const lines = () => [...list.querySelectorAll("[data-keys-line]")];
const titleOf = (line) => line.querySelector("[data-keys-title]");

function move(step) {
  const all = lines();
  const here = all.findIndex((line) => line.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  titleOf(next)?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const line = document.activeElement.closest("[data-keys-line]");
  const target = line?.querySelector(`[data-key="${key}"]`);
  target?.click();
  // What was unfolded is chosen from at once.
  if (target?.matches("summary") && target.parentElement.open) {
    target.parentElement.querySelector("select, input:not([type=hidden])")?.focus();
  }
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  s: () => press("s"),
  x: () => press("x"),
  "/": () => search?.focus(),
  "?": () => help?.showModal(),
};

const isTyping = (element) => element.matches("input, select, textarea, [contenteditable]");

list?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

for (const button of document.querySelectorAll("[data-keys-open]")) {
  button.hidden = false;
  button.addEventListener("click", () => help?.showModal());
}
