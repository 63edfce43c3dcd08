// Follows the board's events; without it the page still shows the question and takes answers.
"use strict";
(() => {
  const board = document.getElementById("board");
  if (!board || !window.EventSource) return;
  const lost = document.getElementById("lost");
  const events = new EventSource(board.dataset.events);
  events.addEventListener("board", (event) => {
    if (lost) lost.hidden = true;
    // Markup of this device's own, escaped there.
    board.innerHTML = JSON.parse(event.data);
  });
  events.addEventListener("over", () => {
    events.close();
    location.reload();
  });
  events.onerror = () => {
    if (lost) lost.hidden = false;
  };
  board.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const fields = new URLSearchParams(new FormData(form));
    if (event.submitter && event.submitter.name) fields.set(event.submitter.name, event.submitter.value);
    fields.set("quiet", "1");
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    fetch(form.action, { method: "POST", body: fields, redirect: "error" })
      .then((reply) => { if (!reply.ok) throw new Error(String(reply.status)); })
      .catch(() => {
        for (const button of form.querySelectorAll("button")) button.disabled = false;
      });
  });
})();
