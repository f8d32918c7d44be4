// `node official.mjs FOLDER…`: plays unmodified official suites in Chromium, each from its folder, against port 3000.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startChromium } from './chromium.mjs';
import { here, html, script, servePages } from './pages.mjs';

const chromium = await startChromium(join(process.env.PARLANCE_TARGET, 'interop-chromium'));
try {
  for (const folder of process.argv.slice(2)) {
    const modules = join(folder, 'node_modules');
    const pages = await servePages({
      files: {
        '/': html(here('official.html')),
        '/test-suite.js': script(join(folder, 'test-suite.js')),
        '/mocha.js': script(join(modules, 'mocha/mocha.js')),
        '/chai.js': script(join(modules, 'chai/chai.js')),
        '/chai-string.js': script(join(modules, 'chai-string/chai-string.js')),
      },
    });
    try {
      const page = await chromium.page();
      await page.send('Page.navigate', { url: pages.origin });
      await page.until('window.outcome', 60_000);
      const { passes, tests, failures } = await page.evaluate('window.outcome');
      console.log(`in Chromium: ${passes} of ${tests} passed`);
      assert.deepEqual(failures, []);
      assert.ok(passes > 0 && passes === tests, 'all are played');
      page.close();
    } finally {
      pages.close();
    }
  }
} finally {
  await chromium.stop();
}
