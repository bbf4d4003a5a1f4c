/** Mounts the embedded stepper: a run out of the address, nothing else. */
import { mount } from 'svelte';
import { readFragment } from './client/address.ts';
import { decodeEmbed } from './client/codec/embed-link.ts';
import { assert } from './core/packaging/assert.ts';
import Embed from './components/embed/Embed.svelte';
import './styles/tokens.css';
import './styles/global.css';
import './styles/listings.css';

const target = document.getElementById('embed');
assert(target, 'the page has no #embed');
const page = new URL('./', document.baseURI).href;
const embedded = await decodeEmbed(readFragment());
if (embedded.ok) mount(Embed, { target, props: { embedded: embedded.value, page } });
else target.textContent = embedded.error.message;
