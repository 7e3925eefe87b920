// Sends the form of an address to the API, and shows what it answers. Without scripts the form leads there.
const form = document.querySelector("form[data-try]");
const answer = document.getElementById("answer");
const formToken = document.querySelector("[name=csrfmiddlewaretoken]");
const noAnswer = document.getElementById("no-answer");
const place = (name) => document.querySelector(`[data-answer="${name}"]`);

function address() {
  const filled = [...new FormData(form)].filter(([, value]) => value);
  return `${form.action}?${new URLSearchParams(filled)}`;
}

function headers() {
  const token = form.querySelector("[data-token]").value.trim();
  const own = [...form.querySelectorAll("[data-header]")].filter((field) => field.value);
  return {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang,
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(formToken && { "X-CSRFToken": formToken.value }),
    ...(form.querySelector("[data-body]") && { "Content-Type": "application/json" }),
    ...Object.fromEntries(own.map((field) => [field.dataset.header, field.value])),
  };
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function send() {
  const began = performance.now();
  const body = form.querySelector("[data-body]")?.value;
  const told = await fetch(address(), { method: form.dataset.try, headers: headers(), body, cache: "no-store" });
  const text = await told.text();
  const took = Math.round(performance.now() - began);
  const version = told.headers.get("ETag");
  place("status").textContent = told.status;
  place("status").classList.toggle("badge--bad", told.status >= 400);
  place("status").classList.toggle("badge--good", told.status < 400);
  place("about").textContent = [`${took} ms`, version && `ETag ${version}`].filter(Boolean).join(" · ");
  place("body").textContent = pretty(text);
  place("body").hidden = !text;
  place("shell").textContent = place("shell").textContent.replace(/"http[^"]*"/, `"${told.url}"`);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  form.setAttribute("aria-busy", "true");
  try {
    await send();
    noAnswer.hidden = true;
    answer.hidden = false;
    answer.focus();
  } catch {
    answer.hidden = true;
    noAnswer.hidden = false;
  }
  form.removeAttribute("aria-busy");
});

for (const part of form.querySelectorAll("[data-with-script]")) part.hidden = false;
