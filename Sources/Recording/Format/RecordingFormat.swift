/// What marks a SQLite database as a recording, and what this program can read of it.
///
/// The tables and encodings are described in `Sessions/README.md`.
package enum RecordingFormat {
  /// SQLite's `application_id`: the letters `TDCK`.
  package static let applicationID: Int64 = 0x5444_434B

  /// SQLite's `user_version`: it grows when older programs cannot read what newer ones write.
  package static let version: Int64 = 1

  /// The first version of the program that reads this format; every file holds it, for older programs to name.
  package static let neededProgram = "0.1.0"

  /// The end of a recording's name.
  package static let fileExtension = "tapedeck"
}
