import './config/zodSettings';
import '@cloudscape-design/global-styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { startI18n } from './i18n';
import './shell/fonts.css';
import './shell/global.css';
import { reloadIfFilesAreMissing } from './shell/reloadOnce';
import { startTheme } from './shell/theme';

reloadIfFilesAreMissing(window, window.sessionStorage, () => window.location.reload());

startI18n();
startTheme();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
