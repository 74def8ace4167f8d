import Foundation

/// The folder of one run in a folder of runs: named like its recording, so that programs show two runs as two.
package struct RunFolder {
  private let runs: URL
  private let stem: String

  /// The folder of a recording's run.
  package init(in runs: String, recording: String) {
    self.runs = URL(filePath: runs)
    let stem = URL(filePath: recording).deletingPathExtension().lastPathComponent
    self.stem = stem.isEmpty || stem.hasPrefix(".") ? "run" : stem
  }

  /// The first folder `NAME`, `NAME-2`, … that has no file of another run, given the name that this run's file has.
  package func url(for file: String) -> URL {
    for number in 1..<10_000 {
      let folder = runs.appending(path: number == 1 ? stem : "\(stem)-\(number)")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      if names.isEmpty || names.contains(file) { return folder }
    }
    return runs.appending(path: stem)
  }
}
