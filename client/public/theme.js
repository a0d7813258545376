// Before the first paint: the theme this device chose. A file of its own, because the page allows no inline script.
try {
  const theme = JSON.parse(localStorage.getItem('attune.prefs') || '{}').theme;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked, or holds something unreadable: the system's theme is right.
}
