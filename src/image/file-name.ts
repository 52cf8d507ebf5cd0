/** Characters that the artifact service refuses in the names of artifacts and of the files in them. */
export const forbiddenInArtifacts = /["<>|*?\\/:\r\n]/g;
