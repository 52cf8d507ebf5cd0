import { createHash, generateKeyPairSync, hash } from "node:crypto";
import { bundleFromJSON } from "@sigstore/bundle";
import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
  tsaHandler,
} from "@sigstore/mock";
import { toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { type Answer, notFound } from "./answer.ts";

/** Both instances of Sigstore that GitHub's client uses, with keys of their own. */
export interface Sigstore {
  /** The services, by the hosts that they have on the Internet. */
  readonly hosts: ReadonlyMap<string, Answer>;
  /**
   * Returns the statement that a bundle holds. Throws unless it has a certificate and a time stamp of this Sigstore.
   */
  readonly verified: (bundle: object) => Statement;
}

/** A statement of in-toto: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export interface Statement {
  readonly _type: string;
  readonly subject: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly predicateType: string;
  readonly predicate: unknown;
}

const rekor = "https://rekor.sigstore.dev";

const newKeys = () => generateKeyPairSync("ec", { namedCurve: "prime256v1" });

export async function startSigstore(): Promise<Sigstore> {
  const keys = newKeys();
  const ctlog = await initializeCTLog(keys);
  const authority = await initializeCA(keys, ctlog);
  const tlog = await initializeTLog(rekor, newKeys());
  const timestamps = await initializeTSA(newKeys());
  /** The verifier reads no time whose fraction is shorter than three digits, and the authority drops its last zeros. */
  const inMilliseconds: typeof timestamps.timestamp = async (request) => {
    for (;;) {
      const response = await timestamps.timestamp(request);
      if (/\d{14}\.\d{3}Z/.test(bytesOf(response).toString("latin1"))) return response;
    }
  };
  const fulcio = serving(fulcioHandler(authority));
  const certificates = (...all: readonly ArrayBufferView<ArrayBuffer>[]) => ({
    ...{ subject: undefined, uri: "", operator: "", validFor: undefined },
    certChain: { certificates: all.map((each) => ({ rawBytes: bytesOf(each) })) },
  });
  const trust = toTrustMaterial({
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    certificateAuthorities: [certificates(authority.rootCertificate)],
    timestampAuthorities: [certificates(timestamps.intCertificate, timestamps.rootCertificate)],
    tlogs: [logOf(rekor, tlog.publicKey)],
    ctlogs: [logOf("", ctlog.publicKey)],
  });
  return {
    hosts: new Map([
      ["fulcio.sigstore.dev", fulcio],
      [
        new URL(rekor).host,
        serving(rekorHandler({ ...tlog, log: (entry) => tlog.log(keptOf(entry as ProposedEntry)), logV2: tlog.logV2 })),
      ],
      ["fulcio.githubapp.com", fulcio],
      ["timestamp.githubapp.com", serving(tsaHandler({ ...timestamps, timestamp: inMilliseconds }))],
    ]),
    verified(json) {
      const bundle = bundleFromJSON(json);
      const { tlogEntries } = bundle.verificationMaterial;
      // The public instance has a log and no time stamps, GitHub's own the reverse.
      const isPublic = tlogEntries.length > 0;
      const thresholds = { ctlogThreshold: 1, tlogThreshold: isPublic ? 1 : 0, timestampThreshold: 1 };
      new Verifier(trust, thresholds).verify(toSignedEntity(bundle));
      if (bundle.content.$case !== "dsseEnvelope") throw new Error("the bundle holds no statement");
      return JSON.parse(bundle.content.dsseEnvelope.payload.toString());
    },
  };
}

/** Serves what the library would intercept. */
const serving =
  ({ path, fn }: ReturnType<typeof fulcioHandler>): Answer =>
  async ({ url }, body) => {
    if (url !== path) return notFound;
    const { statusCode, response, contentType } = await fn(body);
    const content = typeof response === "string" ? response : bytesOf(response);
    return { status: statusCode, body: content, type: contentType };
  };

/** An entry of type dsse: https://github.com/sigstore/rekor/tree/main/pkg/types/dsse */
interface ProposedEntry {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: { readonly proposedContent: { readonly envelope: string; readonly verifiers: readonly string[] } };
}

/**
 * The part of an entry that the log keeps: digests, and the signatures with their keys. The library keeps it as it is.
 */
function keptOf({ apiVersion, kind, spec }: ProposedEntry): object {
  const { envelope, verifiers } = spec.proposedContent;
  const { payload, signatures } = JSON.parse(envelope) as { payload: string; signatures: { sig: string }[] };
  const digestOf = (data: string | Buffer) => ({ algorithm: "sha256", value: hash("sha256", data) });
  return {
    ...{ apiVersion, kind },
    spec: {
      envelopeHash: digestOf(envelope),
      payloadHash: digestOf(Buffer.from(payload, "base64")),
      signatures: signatures.map(({ sig }, index) => ({ signature: sig, verifier: verifiers[index] })),
    },
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>) =>
  Buffer.from(buffer, byteOffset, byteLength);

function logOf(baseUrl: string, publicKey: Buffer) {
  const keyId = createHash("sha256").update(publicKey).digest();
  return {
    ...{ baseUrl, hashAlgorithm: sha256, checkpointKeyId: undefined, operator: "" },
    logId: { keyId },
    publicKey: { rawBytes: publicKey, keyDetails: ecdsaP256, validFor: undefined },
  };
}

/** Numbers of Sigstore's protocol: SHA2_256 and PKIX_ECDSA_P256_SHA_256. */
const sha256 = 1;
const ecdsaP256 = 5;
