// The members as a file to keep. The browser fetches it by itself.
import { ownTab } from '../../lib/own-tab.ts';

export function exportMembers(): void {
  const link = document.createElement('a');
  link.href = ownTab.link('/api/members/export.csv');
  link.download = '';
  link.click();
}
