import {
  Button,
  CheckboxField,
  CheckboxGroup,
  ErrorSummary,
  Fieldset,
  LinkButton,
  NumberField,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "../index.ts";

export function ButtonSamples() {
  return (
    <section className="stack">
      <h2>Buttons</h2>
      <div className="row">
        <Button>I can do this</Button>
        <Button look="ask">Ask for help</Button>
        <Button look="offer" icon="hand">
          Put my offer up
        </Button>
        <Button look="plain">Plain</Button>
        <LinkButton look="quiet" href="#quiet">
          Let it go
        </LinkButton>
        <Button look="stop">Take it down</Button>
        <Button disabled>Not now</Button>
      </div>
      <Button wide>Continue</Button>
    </section>
  );
}

const KINDS = [
  { value: "food", label: "Food", icon: "soup" },
  { value: "clothes", label: "Clothes and blankets", icon: "shirt" },
  { value: "medicine", label: "Medicine", icon: "pill" },
  { value: "books", label: "Books", icon: "book" },
  { value: "wifi", label: "Wi-fi and power", icon: "wifi" },
  { value: "ride", label: "A ride", icon: "bike" },
  { value: "fix", label: "Fix or carry", icon: "hammer" },
  { value: "else", label: "Something else", icon: "hand" },
] as const;

export function FieldSamples() {
  return (
    <form className="stack" noValidate>
      <RadioGroup
        name="kind"
        legend="What do you need?"
        hint="Pick the closest one. You can say more next."
        options={[...KINDS]}
        columns={2}
        defaultValue="food"
      />
      <TextArea
        name="more"
        label="Say more"
        optional="optional"
        hint="You do not have to say why. Please leave out names and addresses."
      />
      <NumberField name="quantity" label="How many?" unit="meals" defaultValue={40} />
      <TextField
        name="phone"
        type="tel"
        size="half"
        autoComplete="tel"
        label="Phone number"
        hint="We text you when someone can help. Your number stays private."
        defaultValue="(555) 010-0199"
      />
      <SelectField
        name="area"
        label="Area"
        size="half"
        blank="I’m not sure"
        options={[
          { value: "hill", label: "North Hill" },
          { value: "park", label: "Maple Park" },
        ]}
      />
      <CheckboxGroup
        name="languages"
        legend="Which languages do you speak?"
        columns={2}
        options={[
          { value: "en", label: "English" },
          { value: "es", label: "Español" },
        ]}
        defaultValue={["es"]}
      />
      <CheckboxField
        name="texts"
        label="Yes, text me about this"
        hint="Text STOP at any time to stop."
        defaultChecked
      />
    </form>
  );
}

export function WrongFieldSamples() {
  return (
    <form className="stack" noValidate>
      <ErrorSummary
        title="There is a problem"
        errors={[
          { field: "bad-phone", message: "Enter a phone number we can text. It needs 10 numbers." },
          { field: "bad-when", message: "Pick when you need it." },
        ]}
      />
      <TextField
        name="bad-phone"
        type="tel"
        size="half"
        label="Phone number"
        hint="Any way of writing it is fine."
        error="Enter a phone number we can text. It needs 10 numbers."
        defaultValue="555 01"
      />
      <RadioGroup
        name="bad-when"
        legend="When?"
        error="Pick when you need it."
        options={[
          { value: "today", label: "Today" },
          { value: "soon", label: "In the next few days" },
        ]}
      />
      <Fieldset legend="A time" name="time" hint="If you know it.">
        <div className="row">
          <TextField name="from" type="time" label="From" size="short" />
          <TextField name="to" type="time" label="To" size="short" />
        </div>
      </Fieldset>
      <CheckboxField name="bad-ok" label="They said it is OK" error="Tick this if they said it is OK." />
    </form>
  );
}
