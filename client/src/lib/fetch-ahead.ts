// Fetches what the board needs before it is wanted, into the cache, when the browser has nothing better to do.
import { boardFiles } from '../api.ts';

/** Returns what stops it before it has begun. */
export function fetchAhead(): () => void {
  let isWanted = true;
  void boardFiles().then((files) => {
    for (const file of isWanted ? files : []) {
      const link = document.createElement('link');
      link.rel = 'prefetch';
      link.href = file;
      link.as = file.endsWith('.css') ? 'style' : 'script';
      document.head.append(link);
    }
  });
  return () => {
    isWanted = false;
  };
}
