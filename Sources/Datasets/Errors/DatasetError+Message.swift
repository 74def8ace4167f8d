extension DatasetError: CustomStringConvertible {
  /// What happened, where, what was expected, what was found, and what to do.
  public var description: String {
    switch self {
    case .cannotRead(let source, let reason):
      "Cannot read \(source): \(reason). Check that the path is right and that you may read it."
    case .cannotWrite(let source, let reason):
      "Cannot write \(source): \(reason). Check that the folder exists, has room, and that you may write there."
    case .cannotFetch(let address, let reason):
      "Cannot fetch \(address): \(reason). Check the connection, or fetch the file by other means and name "
        + "its folder with --data-dir."
    case .wrongContent(let source, let expected, let got):
      "\(source) is not the published file: expected \(expected), got \(got). "
        + "Try again later, or fetch the file by other means and name its folder with --data-dir."
    case .tooLarge(let source, let bytes, let limit):
      "\(source) is too large: expected at most \(limit) bytes, got \(bytes). Use a smaller file."
    case .malformed(let defect):
      "\(defect.source) is not a valid \(defect.format.rawValue) file: \(defect.clause)"
    case .unsupported(let defect):
      "\(defect.source) is a \(defect.format.rawValue) file of a kind that this program cannot read: \(defect.clause)"
    case .countsDiffer(let images, let imageCount, let labels, let labelCount):
      "Images and labels do not match: expected one label an image, got \(imageCount) images in \(images) "
        + "and \(labelCount) labels in \(labels). Use two files of the same set (both train, or both t10k)."
    case .labelOutOfRange(let source, let index, let label, let classCount):
      "Label \(index) of \(source) is not a class: expected 0 to \(classCount - 1), got \(label). "
        + "Use the label file that belongs to these images."
    case .indexOutOfRange(let dataset, let index, let count):
      "Dataset \(dataset) has no sample \(index): "
        + (count > 0 ? "expected an index from 0 to \(count - 1)" : "it is empty")
        + ", got \(index). Ask for fewer samples or check the indices."
    case .invalidArgument(let name, let expected, let got):
      "Argument \(name) cannot be \(got): expected \(expected). Pass another value."
    case .filesNotFound(let dataset, let missing, let searched, let package):
      Self.filesNotFoundMessage(dataset: dataset, missing: missing, searched: searched, package: package)
    }
  }

  private static func filesNotFoundMessage(
    dataset: String, missing: [String], searched: [String], package: String?
  ) -> String {
    let folders = searched.isEmpty ? "no folder" : searched.joined(separator: ", ")
    let install = package.map { ", or install the Debian package: apt-get install \($0)" } ?? ""
    return "The files of \(dataset) were not found: expected \(missing.joined(separator: ", ")) "
      + "(plain or .gz), got none of them in \(folders). "
      + "Name their folder with --data-dir, fetch them with --download\(install)."
  }
}

extension FileDefect {
  /// The part of the message after the colon.
  fileprivate var clause: String {
    let place =
      switch location {
      case .whole: ""
      case .byte(let offset): "at byte \(offset) "
      case .header(let field): "at header field \(field) "
      case .tensor(let name): "at tensor \(name) "
      case .line(let line, nil): "at line \(line) "
      case .line(let line, let column?): "at line \(line), column \(column) "
      }
    return "\(place)expected \(expected), got \(got). \(advice)"
  }
}
