import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { FilterLinks, Progress, RadioGroup, TextField } from "#app/ui/index.ts";
import { Samples } from "#app/ui/samples/samples.tsx";

const samples = renderToStaticMarkup(<Samples />);
const ids = new Set([...samples.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));

describe("all components", () => {
  it("point only at what is on the page", () => {
    const named = [...samples.matchAll(/ (?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)].flatMap(([, list]) =>
      list!.split(" "),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("lead from each line of the error summary to its field", () => {
    const summary = samples.slice(
      samples.indexOf('class="errors"'),
      samples.indexOf("</ul>", samples.indexOf('class="errors"')),
    );
    const targets = [...summary.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
    expect(targets).toEqual(["bad-phone", "bad-when"]);
    expect(targets.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("use each id once", () => {
    const all = [...samples.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(all.filter((id, at) => all.indexOf(id) !== at)).toEqual([]);
  });

  it("carry no inline style, which the content policy would drop", () => {
    expect(samples).not.toContain(" style=");
  });

  it("hide every picture from screen readers, since words stand beside it", () => {
    const pictures = samples.match(/<svg[^>]*>/g) ?? [];
    expect(pictures.length).toBeGreaterThan(20);
    expect(pictures.filter((svg) => !svg.includes('aria-hidden="true"'))).toEqual([]);
  });
});

describe("one component", () => {
  it("says a field's fault in the field and ties it to the control", () => {
    const html = renderToStaticMarkup(
      <TextField name="phone" type="tel" label="Phone" hint="Any form" error="Too short" />,
    );
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('aria-describedby="phone-hint phone-error"');
    expect(html).toContain('dir="ltr"');
  });

  it("keeps what was picked", () => {
    const options = [
      { value: "a", label: "A" },
      { value: "b", label: "B" },
    ];
    const html = renderToStaticMarkup(<RadioGroup name="pick" legend="Pick" options={options} defaultValue="b" />);
    expect(html).toMatch(/id="pick-b"[^>]* checked=""/);
    expect(html).toMatch(/<input[^>]* id="pick"[^>]*>/);
  });

  it.each([
    [0, 40, "h0"],
    [12, 40, "h30"],
    [50, 40, "h100"],
    [1, 0, "h0"],
  ])("draws %i of %i as %s", (value, max, path) => {
    expect(
      renderToStaticMarkup(
        <Progress value={value} max={max}>
          words
        </Progress>,
      ),
    ).toContain(`M0 0${path}v1`);
  });

  it("tells which filter is on without colour", () => {
    const html = renderToStaticMarkup(<FilterLinks label="F" items={[{ href: "#a", text: "A", pressed: true }]} />);
    expect(html).toMatch(/aria-current="true"[^>]*><svg/);
  });
});
