// Keeps the screen on while the meeting is shown, where the browser lets pages do so; asks again whenever it was let go.

/** @returns what lets the screen sleep again */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let isOver = false;
  const ask = async () => {
    if (isOver || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      lock.addEventListener('release', ask, { once: true });
      if (isOver) await lock.release();
    } catch {
      // A battery that runs low, or a browser that says no: the screen then sleeps as it always does.
    }
  };
  document.addEventListener('visibilitychange', ask);
  void ask();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
