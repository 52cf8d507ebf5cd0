import type { ErrorObject } from "ajv/dist/2020.js";

/**
 * Keeps the errors that help. A validator reports one error for each alternative of a schema, and one `required` error
 * for each missing key. This returns one error for each thing that is wrong in a place: a single `required` with all
 * missing keys as `params.missing`, and a single `type` with all types that are allowed.
 */
export function relevant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors.filter(isChoice);
  const kept = errors.filter((error) => {
    if (isChoice(error)) return isPresence(error) || !errors.some((other) => other !== error && isWithin(other, error));
    if (error.keyword === "if" || error.keyword === "propertyNames") return false;
    const around = choices.filter(({ instancePath }) => instancePath === error.instancePath);
    if (error.keyword === "required")
      return !around.some((choice) => isPresence(choice) && error.schemaPath.startsWith(`${choice.schemaPath}/`));
    // If the value matches the type of one alternative, don't report the alternatives whose type it doesn't have.
    if (error.keyword === "type") return around.length === 0 || !errors.some((other) => saysMore(other, error));
    return true;
  });
  return gather(kept);
}

const isChoice = ({ keyword }: ErrorObject) => keyword === "anyOf" || keyword === "oneOf";

/** Whether a choice says that one of several keys must be there. */
const isPresence = ({ schema }: ErrorObject) =>
  Array.isArray(schema) && schema.every((form: object) => Object.keys(form).join() === "required");

const isWithin = (error: ErrorObject, outer: ErrorObject) =>
  error.instancePath === outer.instancePath || error.instancePath.startsWith(`${outer.instancePath}/`);

const saysMore = (other: ErrorObject, error: ErrorObject) =>
  isWithin(other, error) &&
  !isChoice(other) &&
  !(other.keyword === "type" && other.instancePath === error.instancePath);

function gather(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const places = Map.groupBy(errors, ({ keyword, instancePath }) => `${keyword} ${instancePath}`);
  const at = (keyword: string, { instancePath }: ErrorObject) => places.get(`${keyword} ${instancePath}`) ?? [];
  return errors.flatMap((error) => {
    const { keyword, params } = error;
    const [first] = at(keyword, error);
    const ofWrongType = at("type", error);
    if (keyword === "type")
      return first === error ? [{ ...error, params: { type: ofWrongType.flatMap((other) => other.params.type) } }] : [];
    if (keyword === "required") {
      const missing = at(keyword, error).map((other) => other.params.missingProperty);
      return first === error ? [{ ...error, params: { ...params, missing } }] : [];
    }
    // Bounds and patterns are beside the point if the value has the wrong type, and so are patterns if it is too long.
    if (ofWrongType.length > 0) return [];
    return keyword === "pattern" && at("maxBytes", error).length > 0 ? [] : [error];
  });
}
