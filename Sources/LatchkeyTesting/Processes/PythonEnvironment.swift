import Foundation

/// The Python with what the tests need from PyPI (`Tests/requirements.txt`).
package enum PythonEnvironment {
    /// - Throws: ``TestError`` where it was not made.
    package static var interpreter: String {
        get throws {
            let path = ExampleService.repository.appending(path: ".build/python/bin/python").path
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw TestError("\(path) is not there: make it with `make deps-test`")
            }
            return path
        }
    }
}
