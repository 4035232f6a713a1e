import { expect, test } from 'vitest';
import { ServerNotifications } from './server-notifications.ts';

test('everybody who wants a notification hears it, until they want no more', () => {
  const handlers = new Map<string, (params: unknown) => void>();
  const notifications = new ServerNotifications({
    onNotification: (method, handler) => {
      expect(handlers.has(method)).toBe(false);
      handlers.set(method, handler);
      return { dispose: () => {} };
    },
  });
  const heard: string[] = [];
  const first = notifications.onNotification('ended', (params) => heard.push(`first ${params}`));
  notifications.onNotification('ended', (params) => heard.push(`second ${params}`));
  handlers.get('ended')!('a');
  first.dispose();
  handlers.get('ended')!('b');
  expect(heard).toEqual(['first a', 'second a', 'second b']);
});
