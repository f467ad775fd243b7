import { applyTheme, type Theme } from '@cloudscape-design/components/theming';

const INDIGO = { dark: '#3730a3', base: '#4f46e5', pale: '#eef2ff', light: '#a5b4fc' };

const theme: Theme = {
  tokens: {
    fontFamilyBase:
      'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    colorBackgroundButtonPrimaryDefault: INDIGO.base,
    colorBackgroundButtonPrimaryHover: INDIGO.dark,
    colorBackgroundButtonPrimaryActive: INDIGO.dark,
    colorBorderButtonNormalDefault: INDIGO.base,
    colorBorderButtonNormalHover: INDIGO.dark,
    colorTextButtonNormalDefault: INDIGO.base,
    colorTextButtonNormalHover: INDIGO.dark,
    colorBackgroundButtonNormalHover: INDIGO.pale,
    colorTextLinkDefault: INDIGO.base,
    colorTextLinkHover: INDIGO.dark,
    colorTextAccent: INDIGO.base,
    colorBorderItemFocused: INDIGO.base,
    colorBorderItemSelected: INDIGO.base,
    colorBackgroundItemSelected: INDIGO.pale,
    colorBackgroundControlChecked: INDIGO.base,
    colorBackgroundSegmentActive: INDIGO.base,
    colorBackgroundLayoutToggleSelectedDefault: INDIGO.base,
  },
};

/** Gives Cloudscape the console's own accent. */
export function applyOwnColours() {
  applyTheme({ theme });
}
