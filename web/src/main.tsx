import './config/zodSettings';
import '@cloudscape-design/global-styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import './shell/global.css';
import { reloadIfFilesAreMissing } from './shell/reloadOnce';

reloadIfFilesAreMissing(window, window.sessionStorage, () => window.location.reload());

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
