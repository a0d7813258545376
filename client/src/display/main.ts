// Starts the meeting screen: a page of its own, dark unless `?theme=light` asks otherwise. Nothing is decided here.
import '../styles/tokens.css';
import '../styles/heat.css';
import '../styles/base.css';
import '../styles/room.css';
import { mount } from 'svelte';
import Display from './Display.svelte';

const theme = new URLSearchParams(location.search).get('theme');
if (theme === 'light') document.documentElement.dataset.theme = theme;

const target = document.getElementById('app');
if (target) mount(Display, { target });
