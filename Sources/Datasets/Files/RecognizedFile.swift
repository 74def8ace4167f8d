import Localization

/// What a file is, as far as its first bytes show; for errors about one that is not what it should be.
public enum RecognizedFile: Equatable, Sendable {
  case empty, gitLFSPointer, htmlPage, pythonPickle, pyTorchZip, zip, gzip, npy, hdf5, gguf, sqlite, pdf
  case parquet, excel, png, jpeg, utf16, safetensors, idx
  /// JSON that is not a safetensors header.
  case json

  /// What a file is; nil where its first bytes show nothing.
  public init?(_ bytes: some RandomAccessCollection<UInt8>) {
    let start = Array(bytes.prefix(512))
    guard let kind = RecognizedFile.kind(start) else { return nil }
    self = kind
  }

  private static let signatures: [(bytes: [UInt8], kind: RecognizedFile)] = [
    (Array("version https://git-lfs".utf8), .gitLFSPointer), ([0x1F, 0x8B], .gzip),
    (Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) }), .npy),
    ([0x89] + Array("HDF\r\n".utf8), .hdf5), (Array("GGUF".utf8), .gguf),
    (Array("SQLite format 3\0".utf8), .sqlite), (Array("%PDF".utf8), .pdf), (Array("PAR1".utf8), .parquet),
    ([0xD0, 0xCF, 0x11, 0xE0], .excel),
    ([0x89] + Array("PNG".utf8), .png), ([0xFF, 0xD8, 0xFF], .jpeg), ([0xFF, 0xFE], .utf16),
    ([0xFE, 0xFF], .utf16), ([0, 0, 8, 1], .idx), ([0, 0, 8, 3], .idx),
  ]

  private static func kind(_ start: [UInt8]) -> RecognizedFile? {
    guard let first = start.first else { return .empty }
    // First, since a header may be as long as another format's first bytes say.
    if start.count > 8, start[8] == UInt8(ascii: "{"), start[4...7].allSatisfy({ $0 == 0 }) {
      return .safetensors
    }
    if let known = signatures.first(where: { start.starts(with: $0.bytes) }) { return known.kind }
    if start.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      // torch.save writes the pickle first, as NAME/data.pkl; a name of 30 bytes in the entry's header comes before it.
      return String(decoding: start.dropFirst(30).prefix(200), as: UTF8.self).contains("/data.pkl")
        ? .pyTorchZip : .zip
    }
    if first == 0x80, start.count > 1, (2...5).contains(start[1]) { return .pythonPickle }
    let text = String(decoding: start.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }, as: UTF8.self)
    let lowered = text.lowercased()
    if ["<!doctype html", "<html", "<head", "<?xml"].contains(where: lowered.hasPrefix) { return .htmlPage }
    return text.hasPrefix("{\"") || text.hasPrefix("[{") ? .json : nil
  }

  /// What a sentence calls it.
  public var words: String {
    switch self {
    case .empty: localized("an empty file")
    case .gitLFSPointer: localized("a pointer of Git LFS in place of the file")
    case .htmlPage: localized("a web page (HTML)")
    case .pythonPickle: localized("a Python pickle")
    case .pyTorchZip: localized("a PyTorch file from torch.save")
    case .zip: localized("a zip archive")
    case .gzip: localized("a gzip file")
    case .npy: localized("a NumPy .npy file")
    case .hdf5: localized("an HDF5 file")
    case .gguf: localized("a GGUF file")
    case .sqlite: localized("a SQLite database, such as a recording")
    case .pdf: localized("a PDF file")
    case .parquet: localized("a Parquet file")
    case .excel: localized("an old Excel sheet")
    case .png, .jpeg: localized("a picture")
    case .utf16: localized("text in UTF-16")
    case .safetensors: localized("a safetensors file")
    case .idx: localized("an IDX file of images or labels")
    case .json: localized("a JSON file")
    }
  }

  /// What to do to get a file of the wanted format; nil where there is nothing of its own to say.
  func advice(for format: FileFormat) -> String? {
    switch self {
    case .gitLFSPointer: localized("Fetch the file itself: git lfs pull.")
    case .htmlPage:
      localized("The address gave a page and not the file; download the file itself (its \"raw\" link).")
    case .empty: localized("Write or fetch it again.")
    case .pythonPickle, .pyTorchZip:
      format == .safetensors
        ? localized(
          """
          In Python, load it and save its tensors: safetensors.torch.save_file(torch.load("FILE"), \
          "FILE.safetensors").
          """) : nil
    case .gzip: localized("Unpack it first: gunzip.")
    case .zip:
      format == .csv
        ? localized("Unpack it first, or save the spreadsheet as CSV text.")
        : localized("Unpack it first: unzip.")
    case .npy where format == .csv:
      localized("Give arrays as two files, inputs and targets: X.npy,Y.npy.")
    default: nil
    }
  }
}
