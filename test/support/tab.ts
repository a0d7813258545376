// One tab of a browser, as the server meets it: what the browser keeps, and what the tab says of itself.
import {
  closeReasonOf,
  encodeMessage,
  memberHeader,
  memberParameter,
  messageType,
  protocolVersion,
  tabHeader,
  tabParameter,
} from '@attune/contract';
import WebSocket from 'ws';
import type { Reply } from './people.ts';

/** Cookies by name, over all tabs. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  constructor(cookie = '') {
    for (const pair of cookie.split('; ').filter(Boolean)) this.#set(pair);
  }

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get names(): string[] {
    return [...this.#cookies.keys()];
  }

  keep(lines: readonly string[]): void {
    for (const line of lines) this.#set(line);
  }

  #set(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

export interface Tab {
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply>;
  /** Opens a room and resolves with what the server closed it for, or with 'open' once it has let it in. */
  open(room: string): Promise<string>;
}

/** @param says whom the tab believes to act for, and which sign-in is its own; nothing where left out */
export function tabOf(
  url: string,
  jar: CookieJar,
  says: { readonly member?: string; readonly tab?: string } = {},
): Tab {
  const own: [string, string | undefined][] = [
    [memberHeader, says.member],
    [tabHeader, says.tab],
  ];
  const headers = Object.fromEntries(own.filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  return {
    async ask(method, path, body) {
      const response = await fetch(url + path, {
        method,
        headers: {
          Origin: url,
          Cookie: jar.header,
          ...headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      jar.keep(response.headers.getSetCookie());
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        body: (isJson ? JSON.parse(text) : undefined) as never,
        text,
        headers: response.headers,
      };
    },
    open(room) {
      const asked = new URLSearchParams();
      if (says.member !== undefined) asked.set(memberParameter, says.member);
      if (says.tab !== undefined) asked.set(tabParameter, says.tab);
      const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/sync/${room}?${asked}`, {
        headers: { Origin: url, Cookie: jar.header },
      });
      return new Promise((resolve, reject) => {
        socket.on('error', reject);
        socket.on('open', () => socket.send(encodeMessage(messageType.hello, { protocol: protocolVersion })));
        socket.on('close', (code) => resolve(closeReasonOf(code) ?? String(code)));
        socket.on('message', () => {
          resolve('open');
          socket.close();
        });
      });
    },
  };
}
