// What every page of the product does for whoever opens it, whatever it shows.
import { whenElsewhere, whenOtherSignIn, whenSignedOut } from '../../api.ts';
import { ownTab } from '../../lib/own-tab.ts';
import { href, router } from '../../router.svelte.ts';
import { me } from '../../state/app/me.svelte.ts';
import { listenToCommands } from './commands.ts';

export interface Guard {
  /** The configured address, where this page was opened at another; the empty text where it is the right one. */
  readonly elsewhere: string;
}

/**
 * Brings whoever is not signed in to the sign-in page, and back afterwards; brings whoever came by a session's link to that
 * session from everywhere else; hears the keys of the commands. Call it while the page is set up.
 *
 * @param isOpen whether what is shown may be seen without a sign-in
 */
export function guardPage(isOpen: () => boolean): Guard {
  let address = $state('');
  whenSignedOut(() => me.ended());
  whenOtherSignIn((name) => me.isOther(name));
  ownTab.whenDoubted(() => void me.check());
  whenElsewhere((right) => (address = right));

  $effect(() => {
    if (isOpen() || address) return;
    if (me.kind === 'unknown') void me.load();
    if (me.kind === 'signed-out') {
      const here = router.pathname + (router.query.size > 0 ? `?${router.query}` : '');
      router.go(href('/sign-in', {}, { return: here === '/' ? null : here }), { replace: true });
    }
  });

  // There is nothing else for them.
  $effect(() => {
    const id = me.limitedTo;
    if (id === null || isOpen()) return;
    const { match } = router;
    const isThere = match?.params.id === id && match.path.startsWith('/calibrations/:id');
    const isRecord = match?.params.id === id && match.path === '/records/:id';
    if (!isThere && !isRecord) router.go(href('/calibrations/:id', { id }), { replace: true });
  });

  $effect(listenToCommands);

  $effect(() => {
    const use = () => ownTab.use();
    const lookAgain = () => {
      if (document.visibilityState !== 'visible') return;
      if (me.kind === 'signed-in') ownTab.use();
      void me.check();
    };
    addEventListener('focus', use);
    document.addEventListener('visibilitychange', lookAgain);
    return () => {
      removeEventListener('focus', use);
      document.removeEventListener('visibilitychange', lookAgain);
    };
  });

  return {
    get elsewhere() {
      return address;
    },
  };
}
