// Keys of the inbox, and where the focus goes after an act. Keys work while the focus is in the inbox and nobody
// writes. In the record, data-press names what a key presses. Without this script all of it can be done with
// Tab and Enter.
const help = document.querySelector("dialog[data-keys-help]");
const wide = window.matchMedia("(min-width: 62rem)");

const inbox = () => document.querySelector("[data-inbox]");
const lines = () => [...document.querySelectorAll("[data-inbox] .choice[data-key]")];
const current = () => document.querySelector("[data-inbox] .choice[aria-current]");
const isTyping = (element) => element.matches("textarea, select, input:not([type=checkbox]), [contenteditable]");

function focusLine(line) {
  line?.focus({ preventScroll: true });
  line?.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = lines();
  const here = all.indexOf(document.activeElement.closest(".line")?.querySelector(".choice") ?? current());
  // While nothing is open the first key opens the line that has the focus, and skips none.
  const there = current() ? here + step : here;
  const next = all[Math.min(Math.max(there, 0), all.length - 1)];
  if (!next) return;
  focusLine(next);
  if (next !== current()) next.click();
}

function press(name) {
  const target = document.querySelector(`#desk [data-press="${name}"]`);
  if (!target) return;
  if (target.matches("input, textarea")) {
    target.focus();
  } else {
    target.click();
  }
  // What was unfolded is written in at once.
  if (target.matches("summary") && target.parentElement.open) {
    target.parentElement.querySelector("textarea, input:not([type=hidden])")?.focus();
  }
}

function tick() {
  const line = (document.activeElement.closest(".line") ?? current()?.closest(".line"));
  line?.querySelector(".line__tick")?.click();
  document.querySelector("[data-several]").open = true;
}

const acts = {
  j: () => move(1),
  k: () => move(-1),
  x: tick,
  u: () => document.querySelector("[data-undo]")?.click(),
  "?": () => help?.showModal(),
};
for (const name of ["p", "m", "e", "y", "r", "a", "c", "o"]) acts[name] = () => press(name);

document.addEventListener("keydown", (event) => {
  if (!inbox()?.contains(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && isTyping(event.target)) {
    focusLine(current());
    return;
  }
  if (isTyping(event.target) || event.repeat && event.key !== "j" && event.key !== "k") return;
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function markCurrent(key) {
  for (const line of lines()) line.toggleAttribute("aria-current", false);
  const opened = lines().find((line) => line.dataset.key === key);
  opened?.setAttribute("aria-current", "true");
  return opened;
}

// An answer has been laid into the page: a line was opened, or something was done about one.
function settled(part) {
  showKeys();
  const mistake = part.querySelector(".desk__clash, [aria-invalid=true]");
  if (mistake) {
    mistake.focus();
  } else if (part.id === "desk") {
    markCurrent(part.dataset.item);
    if (!wide.matches) part.scrollIntoView({ block: "start" });
  } else {
    if (wide.matches) window.scrollTo(0, 0);
    focusLine(current() ?? lines()[0]);
  }
}

function showKeys() {
  for (const button of document.querySelectorAll("[data-keys-open]")) {
    button.hidden = false;
    button.onclick = () => help?.showModal();
  }
}

document.body.addEventListener("htmx:afterSettle", (event) => {
  const part = document.getElementById(event.detail.target.id);
  if (part?.matches("#desk, #inbox")) settled(part);
});

showKeys();
// Whoever comes here comes to work through the lines, so the keys work at once. The browser first goes to the part
// that the address names, which takes the focus away.
window.addEventListener("load", () => {
  const isFree = document.activeElement === document.body || current();
  if (wide.matches && isFree) requestAnimationFrame(() => focusLine(current() ?? lines()[0]));
});
