// A request as a browser makes it, whose body is counted as it came over the wire: unpacking two hundred boards would take the
// processor from the server that is measured.
import { Agent, request } from 'node:http';

export interface Answered {
  readonly status: number;
  /** Of the body, compressed as it came. */
  readonly bytes: number;
  /** When it is worth another try; 1 s where the reply does not say. */
  readonly retryAfterMs: number;
}

export interface Asked {
  readonly cookie?: string;
  readonly method?: 'GET' | 'PUT' | 'POST';
  /** Sent as JSON. */
  readonly body?: object;
}

const agent = new Agent({ keepAlive: true });

export function ask(url: string, { cookie = '', method = 'GET', body }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = {
      Cookie: cookie,
      Origin: new URL(url).origin,
      'Accept-Encoding': 'gzip, deflate, br',
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    };
    const asking = request(url, { agent, method, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        const retryAfterMs = Number(response.headers['retry-after'] ?? 1) * 1_000;
        resolve({ status: response.statusCode ?? 0, bytes, retryAfterMs });
      });
    });
    asking.on('error', reject);
    asking.end(body && JSON.stringify(body));
  });
}
