import { expect, test } from "vitest";
import { readForms, readLinks } from "#scripts/scan/read-page.ts";

const page = (form: string) => `<main><form method="post" action="/p/A&amp;B">${form}</form></main>`;

test("a form is filled in with what it holds, and with samples where it holds nothing", () => {
  const [form] = readForms(
    page(`<input type="hidden" name="key" value="a&quot;b"/><input name="phone" value=""/>
      <textarea name="details">Warm &amp; soft</textarea><textarea name="note"></textarea>
      <input type="checkbox" name="at" value="home" checked=""/><input type="file" name="sheet"/><button>Send</button>`),
  );
  expect(form).toEqual({
    method: "POST",
    action: "/p/A&B",
    fields: [
      ["key", 'a"b'],
      ["phone", "+15550107299"],
      ["details", "Warm & soft"],
      ["note", "Soup"],
      ["at", "home"],
    ],
  });
});

test("of radio buttons and options the chosen one is sent, else the first that says something", () => {
  const [form] = readForms(
    page(`<input type="radio" name="when" value="today"/><input type="radio" name="when" value="later" checked=""/>
      <select name="group"><option value="">Any</option><option value="kitchen">Kitchen</option><option value="rides">Rides</option></select>
      <select name="sort"><option value="new">New</option><option value="old" selected="">Old</option><option value="far">Far</option></select>`),
  );
  expect(form!.fields).toEqual([
    ["when", "later"],
    ["group", "kitchen"],
    ["sort", "old"],
  ]);
});

test("each button that says something makes a form of its own", () => {
  const forms = readForms(
    page(`<input name="code" value="A"/><button name="act" value="keep"/><button name="act" value="drop"/>`),
  );
  expect(forms.map(({ fields }) => new URLSearchParams(fields).toString())).toEqual([
    "code=A&act=keep",
    "code=A&act=drop",
  ]);
});

test("a form that says nothing of its method asks, and one without address means its own page", () => {
  expect(readForms('<form role="search"><input name="q"/></form>')).toEqual([
    { method: "GET", action: null, fields: [["q", "Soup"]] },
  ]);
});

test("links are read with what stands in them", () => {
  expect(readLinks('<a class="x" href="/board?kind=need&amp;group=kitchen">Board</a><a id="y">No</a>')).toEqual([
    "/board?kind=need&group=kitchen",
  ]);
});
