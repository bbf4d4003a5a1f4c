// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { bindShortcuts, keyLabel, SHORTCUTS } from '../../src/state/shortcuts.ts';

let stop = (): void => undefined;
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function press(target: EventTarget, init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

function field<Tag extends 'textarea' | 'button' | 'div'>(tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  document.body.append(element);
  return element;
}

test('no key of a region does two things', () => {
  for (const region of ['page', 'steps'] as const) {
    const keys = SHORTCUTS.filter((shortcut) => shortcut.region === region).flatMap(
      (shortcut) => shortcut.keys,
    );
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test('a letter acts on the page, and never while somebody types', () => {
  const copy = vi.fn();
  stop = bindShortcuts(window, 'page', { 'copy-link': copy });
  expect(press(field('div'), { key: 'l' }).defaultPrevented).toBe(true);
  press(field('textarea'), { key: 'l' });
  expect(copy).toHaveBeenCalledTimes(1);
});

test('letters can be switched off; Run cannot', () => {
  const copy = vi.fn();
  const run = vi.fn();
  stop = bindShortcuts(window, 'page', { 'copy-link': copy, run }, () => false);
  press(field('div'), { key: 'l' });
  press(field('textarea'), { key: 'Enter', ctrlKey: true });
  expect(copy).not.toHaveBeenCalled();
  expect(run).toHaveBeenCalledTimes(1);
});

test('Space presses the button that has the focus, and plays anywhere else in the steps', () => {
  const play = vi.fn();
  const steps = field('div');
  const button = document.createElement('button');
  steps.append(button);
  stop = bindShortcuts(steps, 'steps', { play });
  expect(press(button, { key: ' ', code: 'Space' }).defaultPrevented).toBe(false);
  press(steps, { key: ' ', code: 'Space' });
  expect(play).toHaveBeenCalledTimes(1);
});

test('what another handler took is left alone', () => {
  const next = vi.fn();
  const steps = field('div');
  const inner = document.createElement('div');
  inner.addEventListener('keydown', (event) => event.preventDefault());
  steps.append(inner);
  stop = bindShortcuts(steps, 'steps', { next });
  press(inner, { key: 'ArrowRight' });
  expect(next).not.toHaveBeenCalled();
});

test('keys read as the machine writes them', () => {
  expect(keyLabel('$mod+Enter', true)).toBe('⌘⏎');
  expect(keyLabel('$mod+Enter', false)).toBe('Ctrl+Enter');
  expect(keyLabel('Shift+Escape', false)).toBe('Shift+Esc');
});
