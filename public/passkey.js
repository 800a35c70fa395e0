// Runs as it is, on the pages that ask for a passkey: the button has the device make or use one, and sends the form with its answer.
const { browserSupportsWebAuthn, startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser;
const box = document.querySelector("[data-passkey]");
const form = box.closest("form");
const button = form.querySelector("button");

const say = (state) => {
  for (const line of box.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== state;
};

if (browserSupportsWebAuthn()) {
  button.disabled = false;
} else {
  say("missing");
}

form.addEventListener("submit", async (event) => {
  const answer = form.elements.namedItem("passkey");
  if (answer.value) return;
  event.preventDefault();
  button.disabled = true;
  say("waiting");
  try {
    const optionsJSON = JSON.parse(box.dataset.passkey);
    const work = box.dataset.act === "make" ? startRegistration : startAuthentication;
    answer.value = JSON.stringify(await work({ optionsJSON }));
    form.submit();
  } catch {
    button.disabled = false;
    say("failed");
  }
});
