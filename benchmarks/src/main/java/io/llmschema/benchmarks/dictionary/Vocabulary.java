package io.llmschema.benchmarks.dictionary;

import java.util.List;

/**
 * The words that samples are made of, written by hand and about the usual ones first: names of fields, things and deeds, and sentences
 * with slots. None was taken from anybody's schema.
 */
final class Vocabulary {
    /** Names of fields, in lower case with spaces between words. */
    static final List<String> FIELDS = lines("""
            name
            id
            type
            description
            title
            status
            user id
            url
            email
            version
            start date
            end date
            location
            address
            country
            city
            state
            amount
            currency
            price
            quantity
            category
            tags
            labels
            message
            query
            value
            key
            path
            created at
            updated at
            timestamp
            start time
            end time
            create time
            update time
            delete time
            date
            time
            duration
            size
            count
            limit
            offset
            page
            page size
            page token
            next page token
            filter
            order by
            sort by
            items
            data
            metadata
            attributes
            properties
            parameters
            options
            settings
            config
            enabled
            language
            locale
            format
            source
            target
            content
            text
            body
            subject
            author
            owner
            parent
            children
            display name
            first name
            last name
            full name
            username
            password
            phone number
            age
            gender
            date of birth
            birth date
            account id
            account number
            customer id
            customer name
            order id
            product id
            product name
            item id
            event id
            event type
            event name
            session id
            request id
            transaction id
            project id
            resource name
            device id
            message id
            campaign id
            campaign name
            group id
            parent id
            client id
            external id
            reference id
            ip address
            user agent
            browser
            operating system
            platform
            hostname
            host
            port
            domain
            protocol
            method
            headers
            timeout
            retries
            max retries
            interval
            priority
            level
            mode
            action
            reason
            code
            error
            error code
            error message
            exit code
            result
            results
            response
            request
            latitude
            longitude
            altitude
            elevation
            radius
            width
            height
            length
            depth
            weight
            distance
            speed
            direction
            color
            shape
            dimensions
            area
            volume
            temperature
            humidity
            pressure
            unit
            units
            rate
            interest rate
            tax rate
            tax
            discount
            total
            subtotal
            total amount
            balance
            payment method
            payment date
            billing address
            shipping address
            street
            street address
            postal code
            zip code
            region
            time zone
            zone
            network
            subnetwork
            cluster
            node
            instance
            machine type
            image
            images
            image url
            thumbnail
            video
            audio
            file
            file name
            file path
            files
            directory
            output
            output directory
            input
            include
            exclude
            extends
            overrides
            rules
            plugins
            presets
            scripts
            dependencies
            dev dependencies
            environment
            env
            variables
            command
            args
            entrypoint
            working directory
            services
            volumes
            ports
            image name
            tag
            branch
            commit
            repository
            license
            homepage
            keywords
            contributors
            maintainers
            schema version
            schema
            template
            theme
            icon
            label
            placeholder
            default value
            required
            visible
            hidden
            active
            is active
            is default
            verified
            deleted
            archived
            read only
            public
            private
            permissions
            role
            roles
            scope
            scopes
            token
            secret
            api key
            access token
            refresh token
            expires at
            expiration date
            expire time
            signature
            checksum
            hash
            encoding
            compression
            content type
            mime type
            charset
            notes
            note
            comment
            comments
            summary
            details
            recipient
            recipients
            sender
            from
            to
            cc
            bcc
            attachments
            participants
            attendees
            members
            users
            groups
            teams
            team id
            department
            company
            company name
            organization
            organization id
            position
            job title
            salary
            experience
            education
            skills
            rating
            score
            rank
            review
            feedback
            genre
            artist
            album
            song
            movie
            book
            isbn
            publisher
            publication date
            ingredients
            cuisine
            recipe
            calories
            diet
            preferences
            budget
            destination
            origin
            departure date
            return date
            check in date
            check out date
            passengers
            guests
            number of guests
            flight number
            hotel
            restaurant
            reservation
            booking
            reminder
            task
            task id
            due date
            deadline
            calendar
            keyword
            search query
            search term
            max results
            min price
            max price
            from currency
            to currency
            source language
            target language
            numbers
            expression
            operation
            base
            principal
            term
            loan amount
            monthly payment
            income
            expenses
            revenue
            cost
            profit
            referrer
            screen
            viewport
            page url
            page title
            element id
            link
            click id
            conversion
            conversion value
            impressions
            clicks
            budget amount
            bid
            audience
            ad group
            asset
            asset id
            experiment
            experiment id
            variant
            segment
            cohort
            index
            sequence number
            serial number
            sensor id
            site id
            station
            measurement
            quality flag
            uncertainty
            minimum
            maximum
            mean
            variance
            standard deviation
            sample
            sample id
            collected by
            remarks
            state code
            etag
            uid
            annotations
            reconciling
            validate only
            update mask
            field mask
            request type
            topic
            partition
            subscription
            stream
            table
            column
            row
            rows
            database
            dataset
            model
            model name
            prompt
            max tokens
            top p
            stop
            role name
            conversation id
            confidence
            probability
            feature
            features
            policy
            conditions
            condition
            trigger
            schedule
            steps
            step
            jobs
            job id
            workflow
            stage
            pipeline
            run id
            build
            release
            artifact
            package
            module
            class
            function
            arguments
            return type
            line
            start
            end
            min
            max
            first
            last
            previous
            next
            current
            original
            alias
            aliases
            nickname
            slug
            visibility
            severity
            log level
            logging
            debug
            verbose
            cache
            proxy
            certificate
            private key
            public key
            encryption
            kms key name
            backup
            retention
            retention days
            replicas
            memory
            cpu
            disk size
            storage
            bucket
            object
            prefix
            suffix
            pattern
            separator
            delimiter
            """);

    /** Things that are described, in the singular. */
    static final List<String> THINGS = lines("""
            user
            customer
            product
            order
            item
            event
            account
            resource
            file
            message
            project
            request
            response
            page
            application
            service
            campaign
            session
            device
            document
            image
            location
            city
            person
            company
            transaction
            payment
            invoice
            meeting
            task
            team
            group
            organization
            repository
            package
            cluster
            instance
            node
            network
            policy
            rule
            job
            pipeline
            model
            dataset
            table
            column
            database
            key
            object
            property
            field
            element
            component
            schema
            function
            module
            plugin
            template
            job posting
            employee
            student
            course
            patient
            book
            movie
            song
            recipe
            restaurant
            hotel
            flight
            trip
            car
            vehicle
            house
            rectangle
            circle
            triangle
            shape
            email
            contact
            subscription
            channel
            conversation
            comment
            review
            article
            video
            playlist
            game
            player
            sensor
            measurement
            station
            site
            sample
            stream
            operation
            release
            build
            environment
            certificate
            secret
            role
            permission
            asset
            audience
            experiment
            conversion
            ad
            budget
            loan
            investment
            stock
            currency
            country
            language
            list
            text
            query
            window
            button
            link
            form
            browser
            """);

    /** Deeds, in the infinitive. */
    static final List<String> VERBS = lines("""
            create
            update
            delete
            get
            list
            search for
            retrieve
            use
            include
            send
            enable
            disable
            add
            remove
            set
            generate
            convert
            translate
            analyze
            calculate
            check
            validate
            filter
            sort
            show
            display
            schedule
            book
            track
            import
            export
            run
            start
            stop
            cancel
            install
            load
            build
            deploy
            compress
            encrypt
            format
            ignore
            skip
            override
            allow
            play
            cache
            log
            """);

    /** Adjectives and words of state, which are values of enumerations too. */
    static final List<String> VALUES = lines("""
            active
            inactive
            pending
            unknown
            none
            default
            auto
            all
            any
            other
            asc
            desc
            low
            medium
            high
            critical
            info
            warning
            error
            debug
            trace
            off
            on
            true
            false
            always
            never
            public
            private
            internal
            open
            closed
            new
            created
            running
            completed
            succeeded
            failed
            cancelled
            enabled
            disabled
            draft
            published
            archived
            deleted
            approved
            rejected
            daily
            weekly
            monthly
            yearly
            hour
            day
            week
            month
            year
            male
            female
            celsius
            fahrenheit
            metric
            imperial
            small
            large
            left
            right
            center
            top
            bottom
            circle
            rectangle
            triangle
            square
            json
            xml
            yaml
            csv
            text
            html
            markdown
            string
            number
            integer
            boolean
            object
            array
            get
            post
            put
            patch
            delete
            http
            https
            tcp
            udp
            linux
            windows
            macos
            android
            ios
            web
            mobile
            desktop
            development
            production
            staging
            test
            latest
            stable
            beta
            en
            fr
            de
            es
            ja
            zh
            red
            green
            blue
            black
            white
            user
            admin
            owner
            editor
            viewer
            system
            assistant
            email
            phone
            sms
            credit card
            bank transfer
            cash
            action
            comedy
            drama
            horror
            pop
            rock
            jazz
            vegan
            vegetarian
            gluten free
            economy
            business
            first
            """);

    /** What schemas say of a field: {@code {f}} is its name, {@code {x}} a thing, {@code {v}} a deed, {@code {e}} a value. */
    static final List<String> SENTENCES = lines("""
            The {f} of the {x}
            The {f} of the {x}.
            The {f}
            The {f} to {v}
            The {f} for the {x}
            The {x} to {v}
            The name of the {x}
            The ID of the {x}
            The unique identifier of the {x}
            The list of {x}s
            The list of {x}s to {v}
            A list of {x}s.
            The title of the {x}
            The type of {x}
            The type of the {x}.
            The price of the {x}
            The description of the {x}
            The number of {x}s to {v}
            The number of {x}s in the {x}
            The maximum number of {x}s to return
            The minimum {f} of the {x}
            The maximum {f} of the {x}
            Whether to {v} the {x}
            Whether to {v} the {x}.
            Whether the {x} is {e}
            Whether the {x} is {e}.
            If true, the {x} is {e}.
            If set to true, {v} the {x}. Default is false.
            The date of the {x} in the format YYYY-MM-DD
            The start date of the {x} (YYYY-MM-DD)
            The end date of the {x} in YYYY-MM-DD format
            The date and time of the {x} in ISO 8601 format
            The time of the {x}
            The time at which the {x} was {e}.
            The timestamp when the {x} was created.
            The date when the {x} was last updated.
            The email address of the {x}
            The phone number of the {x}
            The address of the {x}
            The city and state, e.g. Boston, MA
            The city where the {x} is located
            The country code, e.g. US
            The language of the {x}
            The language code (e.g., en, fr, es)
            The currency code (e.g., USD, EUR)
            The amount of money to {v}
            The {f} in meters
            The {f} in seconds
            The {f} in milliseconds.
            The {f} in bytes
            The {f} in degrees
            The {f} as a percentage
            The length of the {x}
            The width of the {x}
            The height of the {x}
            The radius of the {x}
            The URL of the {x}
            The URL of the {x} to {v}
            The path to the {x}
            The path to the {x}, relative to the root of the project.
            The version of the {x}.
            The status of the {x}.
            The current state of the {x}
            The {f} used to {v} the {x}
            The {f} that the {x} belongs to.
            The {f} associated with the {x}.
            The user's {f}
            The {x}'s {f}
            Name of the {x}
            ID of the {x}
            Identifier of the {x}
            Unique identifier for the {x}
            Description of the {x}
            List of {x}s
            Array of {x}s
            Type of {x}
            Number of {x}s
            URL to the {x}.
            Time when the {x} was {e}
            Date and time when the {x} was {e}
            Timestamp of the {x} in milliseconds since the Unix epoch
            Additional information about the {x}.
            Additional {f} for the {x}
            An array of {x}s that are used to {v} the {x}.
            An object containing the {f} of the {x}.
            A map of {x}s to {x}s.
            A short description of the {x}.
            A human-readable name of the {x}.
            A unique {f} for this {x}
            A string that contains the {f}.
            Configuration for the {x}.
            Configuration options for {x}s
            Options for the {x}.
            Settings of the {x}.
            Specifies the {f} of the {x}.
            Specifies whether to {v} the {x}
            Specify the {f} to {v}.
            Defines the {f} of the {x}.
            Defines how the {x} is {e}.
            Controls whether the {x} is {e}.
            Indicates whether the {x} is {e}
            Determines if the {x} should be {e}.
            Enable or disable the {x}.
            Set to true to {v} the {x}.
            Sets the {f} of the {x}.
            Optional. The {f} of the {x}.
            Required. The {f} of the {x}.
            Optional {f} of the {x}
            This property is deprecated. Use {f} instead.
            Deprecated: use {f} instead.
            Defaults to {e}.
            The default value is {e}.
            Can be {e} or {e}.
            One of {e}, {e}, {e}
            Must be unique within the {x}.
            Only used when the {x} is {e}.
            The sort order ({e} or {e})
            The unit of {f} ({e} or {e})
            The {f} filter (e.g., {e}, {e})
            The preferred {f} of the {x}
            The genre of the {x}
            The author of the {x}
            The content of the {x}
            The subject of the {x}
            The category of the {x}
            The quantity of the {x}
            The cost of the {x}
            The size of the {x}
            The color of the {x}
            The location of the {x}
            The location to {v} the {x}
            The search query or keyword
            The text to be {e}
            The text to {v}
            The origin and destination of the {x}
            The rating of the {x} (1-5)
            See https://example.com/docs/{x}s for more information.
            For more information, see the documentation of the {x}.
            Allows you to {v} the {x}.
            When enabled, the {x} will be {e}.
            This is the {f} of the {x} which is used by the {x}.
            It is used to {v} the {x} and can be overridden for each {x}.
            Files and folders that should be included, as glob patterns.
            Schema for the {e} event of a {x}
            Schema of a {x}
            JSON schema for {x} configuration files
            """);

    /** What comments in Protobuf files say, with the same slots. */
    static final List<String> COMMENTS = lines("""
            The resource name of the {x}.
            Required. The name of the {x} to {v}.
            Required. The resource name of the {x}.
            Required. The parent, which owns this collection of {x}s.
            Required. The parent resource where this {x} will be created.
            Required. The {x} to {v}.
            Required. The {f} of the {x}.
            Optional. The {f} of the {x}.
            Output only. The {f} of the {x}.
            Output only. The time when the {x} was created.
            Output only. The timestamp when the {x} was last updated.
            Output only. The current state of the {x}.
            Output only. The resource name of the {x}.
            Immutable. The resource name of the {x}.
            Identifier. The resource name of the {x}.
            Immutable. The {f} of the {x}.
            Optional. The maximum number of {x}s to return in a page. Fewer may be returned.
            If unspecified, the server picks a default value. The maximum value is 1000.
            Optional. The page token of a previous call, to retrieve the next page.
            A token for the next page, to be sent as `page_token`. If this field is empty, there are no more pages.
            Token to retrieve the next page of results, or empty if there are no more results in the list.
            All other parameters must match those of the previous call.
            Optional. A filter expression that filters the {x}s listed in the response.
            Optional. The order in which results are returned.
            The list of {x}s.
            The list of {x}s to update. The `name` field is used to identify the {x} to update.
            The update mask applies to the resource. Only the fields specified in the mask are updated.
            Required. The list of fields to be updated.
            Optional. If set to true, the request is validated but not actually executed.
            Optional. A unique ID of the request, so that the server can ignore it if it is retried.
            Labels as key value pairs.
            Optional. User-defined labels of the {x}.
            The {f} of this {x}.
            The {f}.
            The {f} in which the {x} is {e}.
            Whether the {x} is {e}.
            Whether or not the {x} is {e}.
            If true, {v} the {x}.
            The type of the {x}.
            The type of {f}.
            The unspecified type.
            Unspecified.
            Not specified.
            Default value. This value is unused.
            The default value. This value is used if the state is omitted.
            State is unspecified.
            The {x} is {e}.
            The {x} has been {e}.
            The {x} could not be {e} because of the {f}.
            The value is unknown in this version.
            Represents a {x}.
            Represents the {f} of a {x}.
            A {x} in the {x}.
            A {x} which contains the {f} of the {x}s.
            Message describing a {x} object.
            Request message for {m}.
            Response message for {m}.
            Request message for the `{m}` method.
            The request for {m}.
            The response for {m}.
            Response message for listing {x}s.
            Metadata for the {x} operation.
            Represents the metadata of the long-running operation.
            Service to manage {x}s.
            Service for managing {x}s.
            The service that manages {x}s.
            Gets a {x}.
            Gets details of a single {x}.
            Lists {x}s in a given project and location.
            Lists {x}s.
            Creates a new {x} in a given project and location.
            Creates a {x}.
            Updates the parameters of a single {x}.
            Updates a {x}.
            Deletes a single {x}.
            Deletes a {x}.
            Returns a list of {x}s that match the request.
            Enum describing possible {f}s of a {x}.
            Errors of the {x} service.
            Describes the {f} of the {x}.
            The possible states of a {x}.
            Possible values of the {f}.
            This field is only set if the {x} is {e}.
            This field is required and must not be empty.
            This field is read-only. This field is optional.
            For example, `{e}` or `{e}`.
            Deprecated: use `{f}` instead.
            Must be unique within the {x} and must be 1-63 characters.
            {x} resource names have the form: projects/{project}/locations/{location}/{x}s/{id}
            Format: projects/{project}/locations/{location}/{x}s/{id}
            Input only. The {f} for the {x}. If this is not specified, the {x} uses the default {f}.
            The server will return an error if the {x} does not exist.
            There can be at most one {x} for each {x}.
            Next ID: 12
            """);

    private Vocabulary() {}

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
