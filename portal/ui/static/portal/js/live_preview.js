// A form marked data-live-preview is sent with every change, and the parts of the page that are marked
// data-live are taken from the answer. Without this script a button does the same.
const form = document.querySelector("form[data-live-preview]");
let latest = null;

async function refresh() {
  latest?.abort();
  latest = new AbortController();
  const said = new FormData(form);
  said.set("do", "preview");
  const answer = await fetch(location.href, { method: "POST", body: said, signal: latest.signal });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    // What somebody is using right now is left to them.
    if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
  }
}

form?.addEventListener("change", () => {
  refresh().catch((error) => {
    if (error.name !== "AbortError") throw error;
  });
});
