/// Everything that can go wrong in this target. The wording is in `DatasetError+Message.swift`.
public enum DatasetError: Error, Equatable, Sendable {
  /// The operating system refused to read a file or folder.
  case cannotRead(source: String, reason: String)
  /// The operating system refused to write a file.
  case cannotWrite(source: String, reason: String)
  /// A file could not be had from the web.
  case cannotFetch(address: String, reason: String)
  /// A file that should be a published one is another.
  case wrongContent(source: String, expected: String, got: String)
  /// A file is larger than the reader is willing to hold in memory.
  case tooLarge(source: String, bytes: Int, limit: Int)
  /// The bytes of a file break the rules of its format.
  case malformed(FileDefect)
  /// The file is valid, but uses a part of its format that this reader does not know.
  case unsupported(FileDefect)
  /// The file is valid, but a network cannot be trained on what it has.
  case unsuitable(FileDefect)
  /// A set of images and a set of labels do not have the same number of entries.
  case countsDiffer(images: String, imageCount: Int, labels: String, labelCount: Int)
  /// A label is not the number of a class.
  case labelOutOfRange(source: String, index: Int, label: Int, classCount: Int)
  /// A sample index is not below the number of samples.
  case indexOutOfRange(dataset: String, index: Int, count: Int)
  /// An argument has a value that cannot work.
  case invalidArgument(name: String, expected: String, got: String)
  /// The dataset's files are in none of the folders that were searched.
  case filesNotFound(dataset: String, missing: [String], searched: [String], package: String?)
  /// The dataset's files are in none of the folders that were searched, and are fetched by hand.
  case filesNotOffered(dataset: String, missing: [String], searched: [String], homepage: String)
}
