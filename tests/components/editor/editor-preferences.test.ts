// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  loadEditorPreferences,
  saveEditorPreferences,
} from '../../../src/components/editor/editor-preferences.ts';

function setPointer(isCoarse: boolean): void {
  vi.stubGlobal('matchMedia', () => ({ matches: isCoarse }));
}

beforeEach(() => {
  localStorage.clear();
  setPointer(false);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('preferences of the editor', () => {
  it('begin with the code editor and a Tab that leaves it; on touch screens with the plain text box', () => {
    expect(loadEditorPreferences()).toEqual({ usesTextarea: false, tabMovesFocus: true });
    setPointer(true);
    expect(loadEditorPreferences().usesTextarea).toBe(true);
  });

  it('are kept', () => {
    saveEditorPreferences({ usesTextarea: true, tabMovesFocus: false });
    expect(loadEditorPreferences()).toEqual({ usesTextarea: true, tabMovesFocus: false });
  });

  it.each(['{', '7', 'null', '{"usesTextarea": "yes"}'])('fall back when %s is kept', (kept) => {
    localStorage.setItem('backjump.editor', kept);
    expect(loadEditorPreferences()).toEqual({ usesTextarea: false, tabMovesFocus: true });
  });

  it('do without storage', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no', 'QuotaExceededError');
    });
    expect(() => saveEditorPreferences({ usesTextarea: true, tabMovesFocus: true })).not.toThrow();
    expect(loadEditorPreferences().tabMovesFocus).toBe(true);
  });
});
