// The bus of a single node: a set of handlers, called in order of subscription.
import type { Logger } from '../ops/log.ts';
import type { Bus, BusEvent } from './bus.ts';

export function createLocalBus(log: Logger): Bus {
  const handlers = new Set<(event: BusEvent) => void>();
  return {
    publish(event) {
      for (const handler of handlers) {
        try {
          handler(event);
        } catch (error) {
          log.error({ error, event: event.type }, 'a listener of the bus failed');
        }
      }
    },
    subscribe(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  };
}
