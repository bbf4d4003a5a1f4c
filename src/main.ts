/** Mounts the app; reads the permalink once. */
import { mount } from 'svelte';
import { readFragment } from './client/address.ts';
import { decodeLink } from './client/codec/permalink.ts';
import { spawnAhead } from './client/spawn-resolver.ts';
import { assert } from './core/packaging/assert.ts';
import App from './components/App.svelte';
import './styles/tokens.css';
import './styles/global.css';
import './styles/listings.css';
import './styles/print.css';

// `?embed` is the stepper's other name; it is a page of its own, which alone may be framed.
if (new URLSearchParams(location.search).has('embed')) location.replace(`./embed.html${location.hash}`);

const target = document.getElementById('app');
assert(target, 'the page has no #app');
// Before anything else: the worker is the longest way to the first answer.
const spawn = spawnAhead();
const reading = await decodeLink(readFragment());
mount(App, { target, props: { reading, spawn } });
