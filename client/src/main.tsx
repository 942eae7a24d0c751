import { render } from 'solid-js/web';
import { App } from './app.tsx';
import './styles/tokens.css';
import './styles/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no element #root');
render(() => <App />, root);

// Only over HTTPS or on the own computer do browsers allow it; without it, the client needs its server to open.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  window.addEventListener('load', () => {
    navigator.serviceWorker
      .register('/service-worker.js')
      .catch((failure: unknown) => console.info('no service worker:', failure));
  });
}
