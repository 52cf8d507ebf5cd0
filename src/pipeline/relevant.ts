import type { ErrorObject } from "ajv/dist/2020.js";

/**
 * Of a validator's errors, those that help. A schema that allows several forms has one error for each form; `required`
 * has one for each key. Here every place has one for each thing that is wrong: `required` with `params.missing`, all
 * the missing keys, and `type` with all the types that would do.
 */
export function relevant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors.filter(isChoice);
  const kept = errors.filter((error) => {
    if (isChoice(error)) return isPresence(error) || !errors.some((other) => other !== error && isWithin(other, error));
    if (error.keyword === "if" || error.keyword === "propertyNames") return false;
    const around = choices.filter(({ instancePath }) => instancePath === error.instancePath);
    if (error.keyword === "required")
      return !around.some((choice) => isPresence(choice) && error.schemaPath.startsWith(`${choice.schemaPath}/`));
    // Of a form that the value doesn't have at all, nothing is said where there is another form that it has.
    if (error.keyword === "type") return around.length === 0 || !errors.some((other) => saysMore(other, error));
    return true;
  });
  return gather(kept);
}

const isChoice = ({ keyword }: ErrorObject) => keyword === "anyOf" || keyword === "oneOf";

/** A choice between keys, one of which must be there. */
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
    // A bound or a pattern is beside the point for what isn't of the type at all.
    return ofWrongType.length > 0 ? [] : [error];
  });
}
