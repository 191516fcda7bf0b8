// What the tests that enter marks share: a teacher with a marksheet, its cells in the browser,
// and what the server has of it.
import assert from 'node:assert/strict';
import { formsOf, sleep, Skip } from './harness.mjs';

const cellName = /^cell\.\d+\./;

// Reasons are taken instead of a grade.
export const isGrade = (code) => !/^(abs|nt|left)$/i.test(code);

// The form of the marksheet as the server draws it now: Map of name to value.
export async function stored(t, account, sheet) {
    const page = await t.ask(account, 'GET', sheet);
    assert.equal(page.status, 200, sheet);
    const form = formsOf(page.text).find((one) => one.fields.some(([name]) => cellName.test(name)));
    assert.ok(form, `${sheet} has a form with cells`);
    return new Map(form.fields);
}

// Waits until the server has all of `want` (a Map of cell name to grade).
export async function waitStored(t, account, sheet, want, ms = 10_000) {
    let wrong = [];
    for (const end = Date.now() + ms; Date.now() < end; await sleep(150)) {
        const got = await stored(t, account, sheet);
        wrong = [...want].filter(([name, value]) => got.get(name) !== value)
            .map(([name, value]) => `${name}: ${got.get(name)}, not ${value}`);
        if (wrong.length === 0)
            return;
    }
    assert.fail(`${wrong.length} of ${want.size} did not arrive: ${wrong.slice(0, 5).join('; ')}`);
}

// A teacher whose first own marksheet has at least `least` cells in its first column.
export async function withSheet(t, least = 8) {
    for (let i = 0; i < 40; i++) {
        const account = t.teacher();
        const sheet = account.marksheets[0];
        const fields = await stored(t, account, sheet);
        if (column([...fields.keys()]).length >= least)
            return { account, sheet };
    }
    throw new Skip(`no marksheet has ${least} pupils`);
}

// The cells of the first column, from the top.
function column(names) {
    const cells = names.filter((name) => cellName.test(name));
    const subject = cells[0]?.split('.')[2];
    return cells.filter((name) => name.split('.')[2] === subject);
}

export async function open(t, account, sheet, options) {
    const page = await t.page(account, options);
    await t.go(page, sheet);
    const names = column(await page.locator('input[name^="cell."]').evaluateAll((all) =>
        all.map((one) => one.name)));
    return { page, names };
}

export const cell = (page, name) => page.locator(`input[name="${name}"]`);

// Grades that the column takes, without the reasons that stand at the end.
export async function grades(page, name) {
    const all = await cell(page, name).evaluate((input) =>
        [...(input.list?.options ?? [])].map((one) => one.value));
    const found = all.filter(isGrade);
    assert.ok(found.length >= 3, `${name} offers its grades`);
    return found;
}

// A grade that does not stand in the cell yet.
export const other = (codes, value, n = 0) => codes.filter((code) => code !== value)[n];
