import { expect, test } from 'vitest';
import { printedOrder, PythonSet, StringHashes } from '../../../../src/core/resolver/poetry/python-set.ts';

/** -1 is a `pop`, other numbers are added: `pkg-N`. What CPython 3.11.7 gave with PYTHONHASHSEED=0. */
const OPERATIONS = [
  ...[
    -1, 33, 29, -1, 3, -1, 30, -1, 6, -1, 13, 11, -1, -1, 4, 39, 8, 0, 13, -1, 10, 12, 13, 12, -1, -1, 23, 9,
  ],
  ...[
    21, 38, -1, -1, -1, 22, -1, 20, 30, -1, 1, -1, 25, 26, 37, -1, 11, -1, -1, 15, -1, -1, 22, -1, 29, 23, -1,
  ],
  ...[
    5, 32, -1, -1, 34, 20, 5, -1, -1, 30, 3, 38, 25, 38, 16, 26, 2, -1, 13, 36, -1, -1, -1, 27, 3, -1, 29, -1,
  ],
  ...[
    -1, 33, 31, -1, 17, 25, -1, 34, -1, -1, 21, 31, 35, -1, 22, -1, -1, -1, 17, -1, 18, -1, 11, -1, 35, -1,
    17,
  ],
  ...[32, -1, -1, 22, -1, -1, 11, -1, -1, -1],
];
const POPPED = [
  ...[
    0, 29, 33, 3, 6, 13, 11, 39, 10, 0, 9, 12, 13, 30, 38, 4, 1, 8, 21, 15, 22, 23, 30, 20, 25, 37, 11, 38,
    34,
  ],
  ...[16, 36, 5, 27, 22, 23, 31, 13, 26, 30, 32, 2, 25, 20, 3, 29, 17, 34, 33, 21, 22, 31, 35, 11],
];

test('a set of strings gives its elements in the order of CPython with hash seed 0', () => {
  const set = new PythonSet(new StringHashes((number) => `pkg-${number}`));
  set.add(0);
  const popped: (number | undefined)[] = [];
  for (const operation of OPERATIONS) {
    if (operation === -1) popped.push(set.take());
    else set.add(operation);
  }
  expect(popped).toEqual(POPPED);
});

test('a set that is empty or cleared has nothing to give', () => {
  const set = new PythonSet(new StringHashes((number) => String(number)));
  expect(set.take()).toBeUndefined();
  set.add(4);
  set.clear();
  expect(set.take()).toBeUndefined();
});

test('a frozenset is printed as CPython prints it', () => {
  const extras = 'cublas,cudart,cufft,cufile,cupti,curand,cusolver,cusparse,nvjitlink,nvrtc,nvtx'.split(',');
  expect(printedOrder(extras, 0).join()).toBe(
    'nvrtc,cufile,cusparse,cusolver,nvtx,cufft,cudart,cublas,curand,nvjitlink,cupti',
  );
  // Made anew of itself twice, as Poetry does with the extras of a package.
  expect(printedOrder(extras, 2).join()).toBe(
    'nvrtc,cufile,cusolver,cupti,nvtx,cufft,cudart,cublas,curand,nvjitlink,cusparse',
  );
});

/** What CPython 3.11.7 gave. */
test.each([
  [1, [33, 12, 5, 0, 7, 21]],
  [4_294_967_295, [0, 7, 12, 5, 33, 21]],
])('another hash seed, %i, gives another order', (seed, order) => {
  const set = new PythonSet(new StringHashes((number) => `pkg-${number}`, seed));
  for (const item of [0, 7, 33, 12, 5, 21]) set.add(item);
  expect(Array.from({ length: 6 }, () => set.take())).toEqual(order);
});
