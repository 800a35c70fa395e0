import { BackLink, PageFrame } from "../index.ts";
import { CardSamples, NoticeSamples, PosterSamples } from "./board.tsx";
import { ButtonSamples, FieldSamples, WrongFieldSamples } from "./fields.tsx";
import { DeskSamples, RecordSamples } from "./records.tsx";

/** Every component in every state, for whoever builds a page or changes a style. `desk` shows the dense sizes. */
export function Samples({ desk }: { desk?: boolean }) {
  return (
    <PageFrame
      name="Eastside Neighbors"
      home="#home"
      skip="Skip to the page"
      nav={{
        label: "Pages",
        items: [
          { href: "#board", text: "Board", current: true },
          { href: "#groups", text: "Groups" },
          { href: "#sign-in", text: "Sign in" },
        ],
      }}
      languages={{
        label: "Languages",
        items: [
          { href: "#en", text: "English", lang: "en", current: true },
          { href: "#es", text: "Español", lang: "es" },
          { href: "#ar", text: "العربية", lang: "ar" },
        ],
      }}
      banner="This is a demo neighborhood. Nobody is really texted."
      help={
        <>
          No internet? Text <b>NEED</b> to{" "}
          <b className="num">
            <bdi>555-010-0199</bdi>
          </b>
          . In danger now? Call <a href="tel:911">911</a>.
        </>
      }
      footer={{
        label: "More",
        items: [
          { href: "#who", text: "Who we are" },
          { href: "#safe", text: "How we keep you safe" },
        ],
      }}
      desk={desk}
      wide={desk}
    >
      <BackLink href="#back">Back</BackLink>
      <h1>We look out for each other.</h1>
      <PosterSamples />
      <ButtonSamples />
      <CardSamples />
      <NoticeSamples />
      <FieldSamples />
      <WrongFieldSamples />
      <RecordSamples />
      <DeskSamples />
    </PageFrame>
  );
}
