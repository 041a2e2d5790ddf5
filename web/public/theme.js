// Runs before the first paint, so a chosen theme never flashes. The policy allows no inline script.
try {
  const theme = localStorage.getItem("doorstep.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  document.documentElement.removeAttribute("data-theme");
}
