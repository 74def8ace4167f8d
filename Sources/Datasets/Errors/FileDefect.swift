import Localization

/// What is wrong in a file, where, and what to do about it.
public struct FileDefect: Equatable, Sendable {
  /// The format the file was read as.
  public var format: FileFormat
  /// The file's path, or a name for bytes that came from elsewhere.
  public var source: String
  /// The place in the file.
  public var location: FileLocation
  /// What the format asks for at that place.
  public var expected: String
  /// What is there.
  public var got: String
  /// What the user can do.
  public var advice: String

  /// Describes a defect.
  public init(
    _ format: FileFormat, source: String, at location: FileLocation, expected: String, got: String,
    advice: String
  ) {
    self.format = format
    self.source = source
    self.location = location
    self.expected = expected
    self.got = got
    self.advice = advice
  }
}

/// A file format this target reads.
public enum FileFormat: String, Equatable, Sendable {
  case gzip = "gzip"
  case idxImages = "IDX images"
  case idxLabels = "IDX labels"
  case npy = "NumPy .npy"
  case npz = "NumPy .npz"
  case safetensors = "safetensors"
  case csv = "CSV"

  /// What a sentence calls it.
  var words: String {
    switch self {
    case .idxImages: localized("IDX images")
    case .idxLabels: localized("IDX labels")
    case .gzip, .npy, .npz, .safetensors, .csv: rawValue
    }
  }
}

/// A place in a file.
public enum FileLocation: Equatable, Sendable {
  /// The file as a whole.
  case whole
  /// A zero-based byte offset; of the decompressed bytes, where the format is not gzip itself.
  case byte(Int)
  /// A field of the header, by name.
  case header(String)
  /// An element of an array, by its index in each dimension.
  case element([Int])
  /// A tensor of the file, by name.
  case tensor(String)
  /// A one-based line, and the one-based column (field) in it.
  case line(Int, column: Int?)
}
