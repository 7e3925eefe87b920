// Puts the form to try addresses in the place of their plain list. Without scripts the list stays.
const place = document.getElementById("api");
const formToken = document.querySelector("[name=csrfmiddlewaretoken]");
const schemeIsDark = matchMedia("(prefers-color-scheme: dark)");

function followTheme() {
  document.documentElement.classList.toggle("dark-mode", schemeIsDark.matches);
}

function withFormToken(request) {
  const isOwn = new URL(request.url, location.href).origin === location.origin;
  if (isOwn && request.method !== "GET") request.headers["X-CSRFToken"] = formToken.value;
  return request;
}

followTheme();
schemeIsDark.addEventListener("change", followTheme);
SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor: withFormToken,
});
