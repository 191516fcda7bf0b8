// How soon a page can be used and how soon it shows what is typed: measured and printed with the
// bar beside it, never asserted. Of meaning with the release, on a machine that does nothing else.
import { test } from './harness.mjs';
import { cell, open, withSheet } from './sheets.mjs';

const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function ready(t, page, target) {
    const times = [];
    for (let i = 0; i < 7; i++) {
        await t.go(page, target);
        times.push(await page.evaluate(() =>
            performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd));
    }
    return middle(times);
}

// From the key going down to the frame that shows it having been made.
async function painted(page, key) {
    await page.evaluate(() => {
        window.painted = new Promise((resolve) => {
            document.addEventListener('keydown', () => {
                const start = performance.now();
                requestAnimationFrame(() => {
                    const channel = new MessageChannel();
                    channel.port1.onmessage = () => resolve(performance.now() - start);
                    channel.port2.postMessage(0);
                });
            }, { once: true, capture: true });
        });
    });
    await page.keyboard.press(key);
    return page.evaluate(() => window.painted);
}

test('a marksheet is ready and shows what is typed', async (t) => {
    const { account, sheet } = await withSheet(t, 20);
    const { page, names } = await open(t, account, sheet);
    t.measure('the marksheet can be used, median of 7', await ready(t, page, sheet), 150);
    await cell(page, names[0]).focus();
    const times = [];
    for (const key of ['3', 'a', 'Backspace', 'b', 'Backspace', 'c', 'Backspace', 'a', 'Enter', '3', 'b'])
        times.push(await painted(page, key));
    t.measure('a key is painted, median of 11 with the wait for the frame', middle(times), 16);
});

test('a report of a whole year is ready', async (t) => {
    const page = await t.page(t.account('head'));
    t.measure('a report of a year can be used, median of 7',
        await ready(t, page, '/reports/progress?year-group=6&subject=MAT'), 150);
    t.measure('the first page can be used, median of 7', await ready(t, page, '/'), 150);
});
