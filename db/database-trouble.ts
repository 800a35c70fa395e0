/** The database cannot be used as asked. The message is one line for the operator, without a password or a value. */
export class DatabaseTrouble extends Error {
  override name = "DatabaseTrouble";
}
