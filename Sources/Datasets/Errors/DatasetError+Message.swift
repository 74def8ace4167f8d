import Localization

extension DatasetError: CustomStringConvertible {
  /// What happened, where, what was expected, what was found, and what to do.
  public var description: String {
    switch self {
    case .cannotRead(let source, let reason):
      localized("Cannot read \(source): \(reason). Check that the path is right and that you may read it.")
    case .cannotWrite(let source, let reason):
      localized(
        "Cannot write \(source): \(reason). Check that the folder exists, has room, and that you may write there."
      )
    case .cannotFetch(let address, let reason):
      localized(
        """
        Cannot fetch \(address): \(reason). Check the connection, or fetch the file by other means and name its \
        folder with --data-dir.
        """)
    case .wrongContent(let source, let expected, let got):
      localized(
        """
        \(source) is not the published file: expected \(expected), got \(got). Try again later, or fetch the file \
        by other means and name its folder with --data-dir.
        """)
    case .tooLarge(let source, let bytes, let limit):
      localized("\(source) is too large: expected at most \(limit) bytes, got \(bytes). Use a smaller file.")
    case .malformed(let defect):
      localized("\(defect.source) is not a valid \(defect.format.words) file: \(defect.clause)")
    case .unsupported(let defect):
      localized(
        "\(defect.source) is a \(defect.format.words) file of a kind that this program cannot read: \(defect.clause)"
      )
    case .unsuitable(let defect):
      localized("\(defect.source) cannot be trained on: \(defect.clause)")
    case .countsDiffer(let images, let imageCount, let labels, let labelCount):
      localized(
        """
        Images and labels do not match: expected one label an image, got \(imageCount) images in \(images) and \
        \(labelCount) labels in \(labels). Use two files of the same set (both train, or both t10k).
        """)
    case .labelOutOfRange(let source, let index, let label, let classCount):
      localized(
        """
        Label \(index) of \(source) is not a class: expected 0 to \(classCount - 1), got \(label). Use the label \
        file that belongs to these images.
        """)
    case .indexOutOfRange(let dataset, let index, let count):
      count > 0
        ? localized(
          "Dataset \(dataset) has no sample \(index): expected an index from 0 to \(count - 1), got \(index). Ask for fewer samples or check the indices."
        )
        : localized(
          "Dataset \(dataset) has no sample \(index): it is empty, got \(index). Ask for fewer samples or check the indices."
        )
    case .invalidArgument(let name, let expected, let got):
      localized("\(name) expects \(expected), but got \(got).")
    case .filesNotOffered(let dataset, let missing, let searched, let homepage):
      localized(
        """
        The files of \(dataset) were not found: expected \(missing.joined(separator: ", ")) (plain or .gz), got none of \
        them in \(searched.joined(separator: ", ")). Get them from \(homepage) and name their folder with --data-dir.
        """)
    case .filesNotFound(let dataset, let missing, let searched, let package):
      Self.filesNotFoundMessage(dataset: dataset, missing: missing, searched: searched, package: package)
    }
  }

  private static func filesNotFoundMessage(
    dataset: String, missing: [String], searched: [String], package: String?
  ) -> String {
    let files = missing.joined(separator: ", ")
    let folders = searched.isEmpty ? localized("no folder") : searched.joined(separator: ", ")
    guard let package else {
      return localized(
        """
        The files of \(dataset) were not found: expected \(files) (plain or .gz), got none of them in \(folders). Name \
        their folder with --data-dir, or fetch them with --download.
        """)
    }
    return localized(
      """
      The files of \(dataset) were not found: expected \(files) (plain or .gz), got none of them in \(folders). Name \
      their folder with --data-dir, fetch them with --download, or install the Debian package: apt-get install \
      \(package)
      """) + "."
  }
}

extension FileDefect {
  /// The part of the message after the colon.
  fileprivate var clause: String {
    let place =
      switch location {
      case .whole: ""
      case .byte(let offset): localized("at byte \(offset)") + " "
      case .header(let field): localized("at header field \(field)") + " "
      case .element(let index): localized("at [\(index.map(String.init).joined(separator: ","))]") + " "
      case .tensor(let name): localized("at tensor \(name)") + " "
      case .line(let line, nil): localized("at line \(line)") + " "
      case .line(let line, let column?): localized("at line \(line), column \(column)") + " "
      }
    return place + localized("expected \(expected), got \(got). \(advice)")
  }
}
