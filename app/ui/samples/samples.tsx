import { BackLink, Frieze } from "../index.ts";
import { CardSamples, NoticeSamples, PosterSamples } from "./board.tsx";
import { ButtonSamples, FieldSamples, WrongFieldSamples } from "./fields.tsx";
import { DeskSamples, RecordSamples } from "./records.tsx";

/** Every component in every state, for whoever builds a page or changes a style. */
export function Samples() {
  return (
    <>
      <BackLink href="/">Back</BackLink>
      <h1>We look out for each other.</h1>
      <PosterSamples />
      <ButtonSamples />
      <CardSamples />
      <NoticeSamples />
      <FieldSamples />
      <WrongFieldSamples />
      <RecordSamples />
      <DeskSamples />
      <Frieze />
    </>
  );
}
