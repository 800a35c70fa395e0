/** An answer that browsers save as a file, and keep nowhere else. */
export const jsonFile = (name: string, data: unknown): Response =>
  new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
