// Every page as each of its readers meets it: no violation of WCAG 2.2 A and AA in daylight, in
// the dark, nothing wider than the window or a telephone, one first heading, a title of its own.
import assert from 'node:assert/strict';
import { test } from './harness.mjs';

const pages = [
    ['nobody', ['/sign-in', '/help']],
    ['data_manager', ['/', '/account', '/account/second-factor', '/imports', '/exports', '/settings', '/settings/scales',
        '/settings/subjects', '/settings/templates', '/settings/users', '/settings/users/{id}', '/settings/audit', '/reviews/{id}', '/groups/{id}', '/imports/{id}']],
    ['head', ['/', '/pupils', '/pupils?year-group=6', '/pupils/{id}', '/groups', '/targets', '/reviews', '/reports',
        '/reports/progress?registration=6A&subject=MAT', '/reports/summary?year-group=6', '/reports/aps?year-group=6',
        '/reports/missing?year-group=6', '/reports/targets?year-group=6', '/reports/trajectory?registration=6A&subject=MAT',
        '/reports/compare?year-group=8&subject=MAT', '/reports/scatter?registration=8A&subject=MAT',
        '/reports/matrix?year-group=6&subject=MAT&value=2b', '/reports/profile?registration=8A',
        '/reports/overlap?year-group=6&region=none', '/reports/overlap?sets=FSM%3B+EAL%3B+GENDER%3D%22F%22%3B+YEAR+%3E+6',
        '/no/such/page', '/imports']],
    ['teacher', ['/', '/marksheets', '{sheet}', '{sheet}?show=missing', '/help/marksheet', '/help/keys', '/help/accessibility']],
    ['senco', ['/', '/marksheets']],
    ['governor', ['/', '/reports/summary?year-group=6', '/pupils']],
    ['la_adviser', ['/']],
    ['parent', ['/', '/me']],
    ['pupil', ['/', '/me']],
    ['form_tutor', ['/']],
    ['subject_leader', ['/']],
    ['head_of_year', ['/']],
    ['ta', ['/']],
    ['partner', ['/']],
    ['slt', ['/']],
];

async function concrete(t, account, target) {
    if (target.startsWith('{sheet}'))
        return target.replace('{sheet}', account.marksheets[0]);
    if (!target.includes('{id}'))
        return target;
    const list = target.replace(/\/\{id\}.*/, '');
    const page = await t.ask(account, 'GET', list === '/pupils' ? '/pupils?year-group=6' : list);
    const id = page.text.match(new RegExp(`${list}/(\\d+)`))?.[1];
    assert.ok(id, `${list} leads to one`);
    return target.replace('{id}', id);
}

async function structure(page, where) {
    const found = await page.evaluate(() => ({ title: document.title, lang: document.documentElement.lang,
        headings: document.querySelectorAll('h1').length, main: document.querySelectorAll('main').length,
        ids: [...document.querySelectorAll('[id]')].map((one) => one.id).filter((id, i, all) => all.indexOf(id) !== i),
        inline: [...document.querySelectorAll('[style], script:not([src]), style')].map((one) => one.outerHTML.slice(0, 80)),
        wide: document.documentElement.scrollWidth - window.innerWidth }));
    assert.match(found.title, /\S.* · Attain$/, where);
    assert.match(found.lang, /^en/, where);
    assert.equal(found.headings, 1, `${where}: one first heading`);
    assert.equal(found.main, 1, where);
    assert.deepEqual(found.ids, [], `${where}: ids that are there twice`);
    assert.deepEqual(found.inline, [], `${where}: nothing inline`);
    assert.ok(found.wide <= 0, `${where}: ${found.wide} pixels wider than the window`);
}

async function firstStop(page, where) {
    await page.keyboard.press('Tab');
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/, `${where}: the first stop leads to the page`);
}

for (const [role, targets] of pages) {
    for (const target of targets) {
        test(`${target} of ${role} is accessible`, async (t) => {
            const account = role === 'nobody' ? null : t.account(role);
            const page = await t.page(account);
            const where = await concrete(t, account, target);
            const response = await page.goto(where);
            assert.ok(response.status() < 500, `${where}: ${response.status()}`);
            await structure(page, where);
            await t.axe(page, where);
            await page.emulateMedia({ colorScheme: 'dark' });
            await t.axe(page, `${where} in the dark`, ['color-contrast']);
            await page.emulateMedia({ colorScheme: 'light' });
            await t.shot(page, `axe-${role}-${target}`);
            await page.setViewportSize({ width: 320, height: 640 });
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= 320, `${where}: ${wide} pixels wide at 320`);
            await firstStop(page, where);
        });
    }
}
