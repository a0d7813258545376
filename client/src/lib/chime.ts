// A soft sound, made on the spot: two quiet tones that fade. Silent where the browser has not yet let the page sound.

const tones = [523.25, 659.25] as const;

export function chime(): void {
  if (!('AudioContext' in globalThis)) return;
  const context = new AudioContext();
  tones.forEach((frequency, at) => {
    const start = context.currentTime + at * 0.18;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.08, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.9);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 1);
    if (at === tones.length - 1) tone.onended = () => void context.close();
  });
}
