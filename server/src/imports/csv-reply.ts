// A table that goes out while it is read, as a file to keep.
import type { Context } from 'hono';

export function csvReply(c: Context, fileName: string, pieces: AsyncGenerator<string>): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  c.header('Content-Disposition', `attachment; filename="${fileName}"`);
  c.header('Content-Type', 'text/csv; charset=utf-8');
  c.header('Cache-Control', 'no-store');
  return c.body(stream, 200);
}
