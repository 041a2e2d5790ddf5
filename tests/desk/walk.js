// Walks through the story that is open, up or down by so many pixels, at most so often, and tells what it saw.
async ({ up, step, steps }) => {
  const box = document.querySelector(".tl");
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const numbered = (place) => Number(/No\. (\d+)\./.exec(place.textContent)?.[1] ?? 0);
  const inView = () => {
    const { top, bottom } = box.getBoundingClientRect();
    return [...box.querySelectorAll(".tlplace")].filter((place) => {
      const its = place.getBoundingClientRect();
      return its.bottom > top && its.top < bottom;
    });
  };
  const seen = new Set();
  const order = [];
  const jumps = [];
  let most = 0;
  let idle = 0;
  for (let taken = 0; taken < steps && idle < 30; taken++) {
    const places = inView();
    for (const place of up ? places.toReversed() : places) {
      if (!seen.has(place.dataset.key)) order.push(numbered(place));
      seen.add(place.dataset.key);
    }
    most = Math.max(most, box.querySelectorAll("*").length);
    const anchor = places[Math.floor(places.length / 2)];
    const { key } = anchor.dataset;
    const from = anchor.getBoundingClientRect().top;
    const room = up ? box.scrollTop : box.scrollHeight - box.clientHeight - box.scrollTop;
    box.dispatchEvent(new WheelEvent("wheel"));
    box.scrollTop += (up ? -1 : 1) * Math.min(step, room);
    await frame();
    await frame();
    const again = box.querySelector(`[data-key="${key}"]`);
    const moved = again ? Math.abs(again.getBoundingClientRect().top - from) : 0;
    // A step that met an arriving page may be lost; whatever else moves what is read is a jump.
    const asked = Math.min(step, room);
    if (again && Math.abs(moved - asked) > 2 && moved > 2) jumps.push([numbered(anchor), moved]);
    idle = room < 1 ? idle + 1 : 0;
    if (room < 1) await new Promise((done) => setTimeout(done, 25));
  }
  return { order, jumps, most };
};
